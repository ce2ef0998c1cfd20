import { assertEquals } from "@std/assert";
import fc from "fast-check";

import { isPrivateAddress } from "@/lib/sources/private_address.ts";

Deno.test("isPrivateAddress() tells public addresses from all others", () => {
  const refused = [
    ...["10.0.0.7", "172.16.0.1", "172.31.255.255", "192.168.1.1"],
    ...["127.0.0.1", "127.255.255.255", "::1", "0.0.0.0", "::"],
    ...["169.254.169.254", "fe80::1", "fe80::1%eth0"],
    ...["100.64.0.1", "100.100.100.200", "fd00:ec2::254", "fc00::1"],
    ...["::ffff:127.0.0.1", "::ffff:a00:7", "::127.0.0.1", "::7f00:1"],
    ...["64:ff9b::10.0.0.7", "64:ff9b::7f00:1", "2002:7f00:1::", "2001:0:1::1"],
    ...["168.63.129.16", "192.0.0.192", "192.0.2.1", "198.18.0.1", "2001:db8::1"],
    ...["224.0.0.1", "255.255.255.255", "240.0.0.1", "ff02::1"],
    ...["", "localhost", "1.1.1.1.1", "example.com"],
  ];
  const taken = [
    ...["1.1.1.1", "8.8.8.8", "172.15.0.1", "172.32.0.1", "100.63.255.255", "100.128.0.1"],
    ...["2606:4700:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808", "168.63.129.17"],
  ];
  assertEquals(refused.filter((address) => !isPrivateAddress(address)), []);
  assertEquals(taken.filter(isPrivateAddress), []);
});

Deno.test("isPrivateAddress() says the same of IPv4 and of the same inside IPv6", () => {
  fc.assert(fc.property(fc.ipV4(), (address) => {
    const isPrivate = isPrivateAddress(address);
    assertEquals(isPrivateAddress(`::ffff:${address}`), isPrivate);
    assertEquals(isPrivateAddress(`64:ff9b::${address}`), isPrivate);
  }));
});
