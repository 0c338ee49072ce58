using System.Security.Cryptography;
using Akka.Configuration;

namespace MhdNet.Host.Workers;

/// <summary>How host and workers find and watch each other: one cluster of one run, on loopback, under a name that nobody guesses.</summary>
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
}
