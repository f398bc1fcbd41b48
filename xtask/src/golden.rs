//! `cargo xtask golden`: records expected outputs again, with the real Helm.

/// The command.
pub(crate) fn run() -> anyhow::Result<()> {
    anyhow::bail!("not wired yet")
}
