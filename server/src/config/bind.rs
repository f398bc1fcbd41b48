//! Where the server listens and how it is reached from outside.

use std::net::{Ipv4Addr, SocketAddr};

use super::{ConfigError, variable};

/// Addresses.
#[derive(Debug, Clone)]
pub struct Bind {
    /// `CHARTROOM_LISTEN`: the address to listen on, default `127.0.0.1:3000`; port 0 takes any
    /// free one.
    pub listen: SocketAddr,
    /// `CHARTROOM_ORIGIN`: how the server is reached from outside, `https://charts.example.com`.
    /// By default it is read from each request (`X-Forwarded-Proto`, `X-Forwarded-Host`, `Host`).
    pub origin: Option<String>,
}

impl Default for Bind {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 3000)),
            origin: None,
        }
    }
}

impl Bind {
    pub(super) fn from_env() -> Result<Self, ConfigError> {
        let default = Self::default();
        let origin: String = variable("CHARTROOM_ORIGIN", String::new())?;
        let origin = Some(origin.trim_end_matches('/').to_owned()).filter(|text| !text.is_empty());
        Ok(Self {
            listen: variable("CHARTROOM_LISTEN", default.listen)?,
            origin,
        })
    }
}
