/**
 * Beginnings of names of volumes, software arrays and the like, as a regular expression that RE2
 * understands too: what passes them passes the disk beneath as well.
 */
export const STACKED_DISKS = 'dm-.*|md.*|loop.*|z?ram.*';

/** The same of bridges, tunnels, bonds, VLANs and the ends of containers' cables. */
export const STACKED_NETWORKS =
  'lo|veth.*|cali.*|lxc.*|cilium.*|cni.*|flannel.*|docker.*|br-.*|virbr.*|vnet.*|vlan.*|tun.*|tap.*|wg.*|bond.*|.*[.].*';

const DISK = new RegExp(`^(${STACKED_DISKS})$`);
const NETWORK = new RegExp(`^(${STACKED_NETWORKS})$`);
/** sda1, nvme0n1p2; sysstat's numbers of loops, arrays and, of the 16 of each disk, parts. */
const PART = /^((sd|hd|vd|xvd)[a-z]+\d+|(nvme\d+n|mmcblk)\d+p\d+|dev[79]-\d+)$/;
const NUMBERED_DISK = /^dev8-(\d+)$/;
const PARTS_OF_A_DISK = 16;

/** True for a device whose bytes another device of the host counts too, such as a partition. */
export function isStackedDisk(device: string): boolean {
  const [, minor] = NUMBERED_DISK.exec(device) ?? [];
  if (minor !== undefined) return Number(minor) % PARTS_OF_A_DISK !== 0;
  return DISK.test(device) || PART.test(device);
}

/** True for a network device whose bytes another one of the host counts too. */
export function isStackedNetwork(device: string): boolean {
  return NETWORK.test(device);
}
