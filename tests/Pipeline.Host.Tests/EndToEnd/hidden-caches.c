// Makes a process see an AMD processor whose hypervisor hides the sizes of its caches, on any x86-64 Linux machine whose kernel can make
// CPUID fault (arch_prctl(2), ARCH_CPUID; "cpuid_fault" among the flags of /proc/cpuinfo). There oneDNN 3.7 computes wrong convolutions.
//   cc -O2 -shared -fPIC -o hidden-caches.so hidden-caches.c && LD_PRELOAD=$PWD/hidden-caches.so mhdnet doctor
// Exit code 77 of whatever is started with it: CPUID cannot be made to fault here.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <signal.h>
#include <stdint.h>
#include <string.h>
#include <sys/syscall.h>
#include <ucontext.h>
#include <unistd.h>

#define ARCH_SET_CPUID 0x1012
#define CANNOT 77

static struct sigaction wanted; // what the program itself does about SIGSEGV
static int (*set_action)(int, const struct sigaction *, struct sigaction *);

static void allow_cpuid(int allowed) { syscall(SYS_arch_prctl, ARCH_SET_CPUID, allowed); }

static void answer(greg_t *registers) {
  const uint32_t leaf = registers[REG_RAX];
  uint32_t a = leaf, b = 0, c = registers[REG_RCX], d = 0;
  allow_cpuid(1);
  __asm__ volatile("cpuid" : "+a"(a), "=b"(b), "+c"(c), "=d"(d));
  allow_cpuid(0);
  if (leaf == 0x80000000) a = 0x80000021;
  if (leaf == 0 || leaf == 0x80000000) { b = 0x68747541; d = 0x69746e65; c = 0x444d4163; } // AuthenticAMD
  if (leaf == 2 || leaf == 4 || leaf > 0x80000008) a = b = c = d = 0;                      // caches: leaves 2 and 4, AMD 0x8000001D
  registers[REG_RAX] = a;
  registers[REG_RBX] = b;
  registers[REG_RCX] = c;
  registers[REG_RDX] = d;
  registers[REG_RIP] += 2;
}

static void on_fault(int signal, siginfo_t *info, void *context) {
  greg_t *registers = ((ucontext_t *)context)->uc_mcontext.gregs;
  const uint8_t *instruction = (const uint8_t *)registers[REG_RIP];
  if (info->si_code == SI_KERNEL && instruction && instruction[0] == 0x0f && instruction[1] == 0xa2) {
    answer(registers);
  } else if (wanted.sa_flags & SA_SIGINFO) {
    wanted.sa_sigaction(signal, info, context);
  } else if (wanted.sa_handler == SIG_DFL) {
    set_action(SIGSEGV, &wanted, 0); // the instruction faults again, and ends the process
  } else if (wanted.sa_handler != SIG_IGN) {
    wanted.sa_handler(signal);
  }
}

// The program's own handler is called for its own faults.
int sigaction(int signal, const struct sigaction *action, struct sigaction *old) {
  if (signal != SIGSEGV) return set_action(signal, action, old);
  if (old) *old = wanted;
  if (action) wanted = *action;
  return 0;
}

__attribute__((constructor)) static void begin(void) {
  struct sigaction action;
  set_action = dlsym(RTLD_NEXT, "sigaction");
  memset(&action, 0, sizeof action);
  action.sa_sigaction = on_fault;
  action.sa_flags = SA_SIGINFO | SA_NODEFER | SA_ONSTACK;
  set_action(SIGSEGV, &action, 0);
  if (syscall(SYS_arch_prctl, ARCH_SET_CPUID, 0) != 0) _exit(CANNOT);
}
