//! Which addresses are for everyone.
//!
//! A link to this machine or into a private network leads readers nowhere, and a check that runs where others can propose
//! articles must not be made to ask there.

use std::error::Error as StdError;
use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use ureq::Error;
use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::NextTimeout;
use url::{Host, Url};

/// Finds the addresses of hosts, but for those that are not public.
#[derive(Debug, Default)]
pub(super) struct PublicOnly {
    names: DefaultResolver,
}

/// A host has no public address.
#[derive(Debug)]
pub(super) struct NotPublic;

impl fmt::Display for NotPublic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the address is not a public one")
    }
}

impl StdError for NotPublic {}

impl Resolver for PublicOnly {
    fn resolve(
        &self,
        uri: &Uri,
        config: &Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, Error> {
        let found = self.names.resolve(uri, config, timeout)?;
        if is_proxy(uri, config) {
            return Ok(found);
        }
        let mut public = self.empty();
        for address in found.iter().filter(|address| is_public(address.ip())) {
            public.push(*address);
        }
        if public.is_empty() { Err(Error::Other(Box::new(NotPublic))) } else { Ok(public) }
    }
}

/// Whether what is looked up is the proxy itself, which may well lie in a private network. A proxy looks most names up by
/// itself. Those of `NO_PROXY`, and all where the proxy speaks SOCKS4, are looked up here and are held to be public.
fn is_proxy(uri: &Uri, config: &Config) -> bool {
    config.proxy().is_some_and(|proxy| proxy.uri() == uri)
}

/// Whether a host's name can be that of a public one; of most, only who looks them up can tell.
pub(super) fn is_public_name(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(address)) => is_public(address.into()),
        Some(Host::Ipv6(address)) => is_public(address.into()),
        Some(Host::Domain(name)) => {
            let name = name.trim_end_matches('.');
            name.contains('.') && ![".localhost", ".local", ".internal"].iter().any(|end| name.ends_with(end))
        }
        None => false,
    }
}

fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => match address.to_ipv4_mapped() {
            Some(mapped) => is_public_v4(mapped),
            None => is_public_v6(address),
        },
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let [first, second, ..] = address.octets();
    let is_shared = first == 100 && second & 0xc0 == 64;
    let is_for_benchmarks = first == 198 && second & 0xfe == 18;
    // The standard library knows these kinds too, but not in its stable part.
    let is_reserved = first >= 240;
    !(address.is_private()
        || address.is_loopback()
        || address.is_link_local()
        || address.is_multicast()
        || is_shared
        || is_for_benchmarks
        || is_reserved
        || first == 0)
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    let parts = address.segments();
    // Translated for networks without IPv4, where every host of it has such an address: it is as public as what it stands for.
    if let [0x64, 0xff9b, 0, 0, 0, 0, high, low] = parts {
        let ([a, b], [c, d]) = (high.to_be_bytes(), low.to_be_bytes());
        return is_public_v4(Ipv4Addr::new(a, b, c, d));
    }
    let is_compatible = parts[..6] == [0; 6];
    let is_site_local = parts[0] & 0xffc0 == 0xfec0;
    let is_translated_locally = parts[..3] == [0x64, 0xff9b, 1];
    !(address.is_loopback()
        || address.is_unspecified()
        || address.is_multicast()
        || address.is_unique_local()
        || address.is_unicast_link_local()
        || is_compatible
        || is_site_local
        || is_translated_locally
        || parts[0] == 0x2002)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn private_addresses_are_known() {
        let is_public = |host: &str| is_public_name(&Url::parse(&format!("http://{host}/")).unwrap());
        for host in [
            "example.org",
            "8.8.8.8",
            "[2606:4700::1111]",
            "100.128.0.1",
            "172.32.0.1",
            "198.20.0.1",
            "[64:ff9b::808:808]",
        ] {
            assert!(is_public(host), "{host}");
        }
        for host in [
            "localhost",
            "LOCALHOST.",
            "a.localhost",
            "printer.local",
            "metadata.internal",
            "wiki",
            "127.0.0.1",
            "0x7f.1",
            "10.1.2.3",
            "192.168.1.1",
            "172.16.0.1",
            "169.254.169.254",
            "100.64.0.1",
            "0.0.0.0",
            "[::1]",
            "[::]",
            "[::ffff:127.0.0.1]",
            "[fd00::1]",
            "[fe80::1]",
            "198.19.0.1",
            "240.0.0.1",
            "255.255.255.255",
            "[64:ff9b::7f00:1]",
            "[64:ff9b:1::808:808]",
            "[2002:7f00:1::]",
            "[::127.0.0.1]",
            "[fec0::1]",
        ] {
            assert!(!is_public(host), "{host}");
        }
    }

    #[test]
    fn of_a_proxy_nothing_but_itself_may_be_private() {
        let proxy = ureq::Proxy::new("socks4://127.0.0.1:1080").unwrap();
        let config = ureq::Agent::config_builder().proxy(Some(proxy.clone())).build();
        assert!(is_proxy(proxy.uri(), &config));
        assert!(!is_proxy(&Uri::from_static("http://127.0.0.1:8080/"), &config));
        assert!(!is_proxy(proxy.uri(), &ureq::Agent::config_builder().proxy(None).build()));
    }
}
