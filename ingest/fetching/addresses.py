"""Addresses that may be fetched from: public ones, private ones where the owner allows it, never a metadata service.

An address may carry another one (NAT64, 6to4, Teredo, mapped): each of them is judged. RFC 6890 and its updates as the
standard library has them in ``is_global``; metadata services by the vendors' documentation.
"""

from collections.abc import Iterator
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

Address = IPv4Address | IPv6Address

# Link-local holds the metadata service of most clouds; the others stand elsewhere, two of them in public ranges.
METADATA = [
    ip_network(block)
    for block in (
        "169.254.0.0/16", "fe80::/10", "100.100.100.200/32", "168.63.129.16/32", "192.0.0.192/32", "fd00:ec2::/32",
        "fd20:ce::/32",
    )
]  # fmt: skip
# Private, though the standard library's tables call them global: deprecated site-local ones, and NAT64 of one network.
SITE_LOCAL, LOCAL_NAT64 = ip_network("fec0::/10"), ip_network("64:ff9b:1::/48")
NAT64 = ip_network("64:ff9b::/96")
COMPATIBLE = ip_network("::/96")
ISATAP = 0x5EFE


def refusal(address: str, allow_private: bool) -> str | None:
    """Why nothing is fetched from ``address``, or None where it may be."""
    given = ip_address(address.split("%", maxsplit=1)[0])
    carried = list(_carried(given))
    for one in (given, *carried):
        if any(one in block for block in METADATA if block.version == one.version):
            return f"{address} is a link-local or metadata address"
        if one.is_multicast or one.is_unspecified or _reserved(one):
            return f"{address} is no address of a host"
    public = given not in LOCAL_NAT64 and all(one.is_global and one not in SITE_LOCAL for one in carried or [given])
    if not public and not allow_private:
        return f"{address} is not a public address; `--allow-private` lets it through"
    return None


def _carried(address: Address) -> Iterator[Address]:
    """The IPv4 addresses inside an IPv6 one."""
    if isinstance(address, IPv4Address):
        return
    packed = int(address)
    if address.ipv4_mapped:
        yield address.ipv4_mapped
    if address.sixtofour:
        yield address.sixtofour
    if address.teredo:
        yield from address.teredo
    if address in NAT64 or address in LOCAL_NAT64 or (address in COMPATIBLE and packed > 1):
        yield IPv4Address(packed & 0xFFFFFFFF)
    if (packed >> 32) & 0xFFFFFFFF in (ISATAP, 0x0200_0000 | ISATAP):
        yield IPv4Address(packed & 0xFFFFFFFF)


def _reserved(address: Address) -> bool:
    """IPv4's class E; in IPv6 ``is_reserved`` covers NAT64 too, and what is not global is refused anyway."""
    return isinstance(address, IPv4Address) and address.is_reserved
