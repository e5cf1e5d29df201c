import type { ByteCounters } from './byte-counters.ts';

/**
 * The loopback, and interfaces whose packets are counted again on the physical interface: container
 * bridges and their endpoints, tunnels, virtual networks, bonds.
 */
const VIRTUAL =
  /^(lo|veth.*|docker.*|br-.*|br\d+|virbr.*|vnet.*|cni.*|flannel.*|cali.*|cilium.*|lxc.*|tun.*|tap.*|wg.*|ifb.*|dummy.*|bond.*|team.*|sit.*|gre.*|ip6.*|vxlan.*|nodelocaldns|kube-.*|.*\.\d+)$/;

/** Bytes received and sent by the physical interfaces, from /proc/net/dev (proc(5)). */
export function parseNetworkCounters(procNetDev: string): ByteCounters {
  const counters = new Map<string, number>();
  for (const line of procNetDev.split('\n')) {
    const [, name, rest] = /^\s*([^\s:|]+):(.*)$/.exec(line) ?? [];
    if (name === undefined || rest === undefined || VIRTUAL.test(name)) continue;
    const fields = rest.trim().split(/\s+/).map(Number);
    const [received = NaN, sent = NaN] = [fields[0], fields[8]];
    if (!Number.isNaN(received + sent)) counters.set(name, received + sent);
  }
  return counters;
}
