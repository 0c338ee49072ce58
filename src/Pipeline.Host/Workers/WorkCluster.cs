using System.Security.Cryptography;
using Akka.Configuration;

namespace MhdNet.Host.Workers;

/// <summary>
/// How host and workers find and watch each other: one cluster of one run, on loopback, under a name that nobody guesses. Other machines have a cluster of their own with the host, so that a network
/// that fails is nothing to the workers here.
/// </summary>
internal static class WorkCluster
{
    /// <summary>The role of the host in the cluster; workers have the role <c>worker</c>.</summary>
    public const string HostRole = "host";

    /// <summary>A system's name.</summary>
    public static string NewName() => "mhdnet-" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    /// <summary>The settings of an actor system that is a member of the cluster.</summary>
    /// <param name="role"><see cref="HostRole"/> or <c>worker</c>.</param>
    public static Config Of(string role) => ConfigurationFactory.ParseString(
        $$"""
        akka {
          actor {
            provider = cluster
            serializers {
              json = "{{typeof(NoSerializer).FullName}}, mhdnet"
              work = "{{typeof(WireSerializer).FullName}}, mhdnet"
            }
            serialization-bindings {
              "{{typeof(IWorkMessage).FullName}}, mhdnet" = work
            }
          }
          remote {
            log-remote-lifecycle-events = off
            dot-netty.tcp {
              hostname = 127.0.0.1
              port = 0
              enable-ssl = true
              # A series of 50,000 files is a message of some megabytes.
              maximum-frame-size = 64MiB
              # Messages are few, and each is waited for.
              batching.enabled = false
            }
          }
          cluster {
            roles = [{{role}}]
            log-info = off
            publish-stats-interval = off
            periodic-tasks-initial-delay = 100ms
            run-coordinated-shutdown-when-down = off
            # The end of a process is seen at once, by its parent. What is left for the cluster to see is a process that lives and says nothing, which is rare: few words, so that a host at rest rests.
            gossip-interval = 3s
            unreachable-nodes-reaper-interval = 5s
            failure-detector {
              heartbeat-interval = 5s
              expected-response-after = 5s
              acceptable-heartbeat-pause = 20s
            }
            # The host is always the oldest: who cannot reach it is down, and the host itself never is.
            downing-provider-class = "Akka.Cluster.SBR.SplitBrainResolverProvider, Akka.Cluster"
            split-brain-resolver {
              active-strategy = keep-oldest
              stable-after = 10s
              keep-oldest.down-if-alone = off
            }
          }
        }
        """);

    /// <summary>The settings of an actor system that is a member of the cluster of machines: the host, and of each other machine the process that has its workers.</summary>
    /// <param name="role"><see cref="HostRole"/> or <c>machine</c>.</param>
    /// <param name="address">The address by which the others reach it.</param>
    /// <param name="port">The port; 0: a free one.</param>
    /// <param name="lease">How long a machine may go on without a word from the host.</param>
    public static Config OfMachines(string role, string address, int port, TimeSpan lease)
    {
        var half = FormattableString.Invariant($"{lease.TotalMilliseconds / 2:0}ms");
        return ConfigurationFactory.ParseString(
            $$"""
            akka {
              loglevel = OFF
              stdout-loglevel = OFF
              scheduler.tick-duration = 100ms
              coordinated-shutdown {
                exit-clr = off
                run-by-clr-shutdown-hook = off
                # Who is cut off has nobody to take leave of.
                phases.cluster-leave.timeout = 1s
                phases.cluster-exiting.timeout = 1s
                phases.cluster-exiting-done.timeout = 1s
                phases.cluster-shutdown.timeout = 1s
              }
              remote.dot-netty.tcp {
                hostname = "{{address}}"
                port = {{port}}
                tcp-reuse-addr = off # on, Linux lets two hosts listen at one port, and machines come to either
                connection-timeout = 5s
              }
              # After a lost connection the next is tried soon; a lease must not run out meanwhile.
              remote.retry-gate-closed-for = 1s
              remote.flush-wait-on-shutdown = 500ms
              remote.shutdown-timeout = 2s
              cluster {
                gossip-interval = 1s
                failure-detector {
                  heartbeat-interval = 1s
                  expected-response-after = 1s
                  acceptable-heartbeat-pause = {{half}}
                }
                # The side with the host lives on, however many machines the other has; those there are down, end their workers and join anew.
                split-brain-resolver {
                  stable-after = {{half}}
                  keep-oldest.role = {{HostRole}}
                }
              }
            }
            """).WithFallback(Of(role));
    }
}
