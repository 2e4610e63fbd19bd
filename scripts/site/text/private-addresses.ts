/** Which addresses of the network are nobody's but this machine's or its neighbours'. */
import { BlockList, isIP } from "node:net";

/** IANA's registries of special addresses, without those that lead to the open network. */
const SPECIAL_4 = `0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.0.2.0/24
  192.88.99.0/24 192.168.0.0/16 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 224.0.0.0/4 240.0.0.0/4`;
const SPECIAL_6 = "2001::/23 2001:db8::/32 2002::/16 3fff::/20";

const special = new BlockList();
for (const subnet of SPECIAL_4.split(/\s+/)) add(special, subnet, "ipv4");
for (const subnet of SPECIAL_6.split(" ")) add(special, subnet, "ipv6");
/** The part of IPv6 that is the open network. */
const open = new BlockList();
add(open, "2000::/3", "ipv6");

function add(list: BlockList, subnet: string, family: "ipv4" | "ipv6"): void {
  const [address, bits] = subnet.split("/");
  list.addSubnet(address!, Number(bits), family);
}

/** Whether an IP address is loopback, private, link-local (`169.254.169.254` tells a cloud's secrets) or no host's. */
export function isPrivate(address: string): boolean {
  if (isIP(address) === 4) return special.check(address, "ipv4");
  const bare = address.replace(/%.*$/, "");
  if (isIP(bare) !== 6) return true;
  const inside = embedded(bare);
  if (inside) return special.check(inside, "ipv4");
  return !open.check(bare, "ipv6") || special.check(bare, "ipv6");
}

/** The IPv4 address in one of IPv6 that stands for it: `::ffff:127.0.0.1`, and `64:ff9b::7f00:1` behind NAT64. */
function embedded(address: string): string | undefined {
  // As the URL standard writes it: in lower case, no dots, the zeros left out.
  const { hostname } = new URL(`http://[${address}]/`);
  const match = /^\[(?:::ffff:|64:ff9b::)(?:([\da-f]+):)?([\da-f]+)\]$/.exec(hostname);
  if (!match) return undefined;
  const [high, low] = [Number.parseInt(match[1] ?? "0", 16), Number.parseInt(match[2]!, 16)];
  return [high >> 8, high & 255, low >> 8, low & 255].join(".");
}
