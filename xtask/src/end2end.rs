//! Browser tests: Playwright walks the page of a running server.

use std::{
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::TcpStream,
    path::Path,
    process::{Child, Stdio},
};

use anyhow::{Context as _, bail};

use crate::{
    process::{command, find, root, run, say, step},
    tools::apt_install,
};

/// A running Chartroom on a free port of its own.
pub(crate) struct Server {
    child: Child,
    /// `127.0.0.1:PORT`.
    pub(crate) address: String,
}

impl Server {
    /// Starts it with the chart of the repository.
    pub(crate) fn start(binary: &Path) -> anyhow::Result<Self> {
        Self::start_with(binary, None)
    }

    /// Starts it with a flag and the path that it names: another site, another chart.
    pub(crate) fn start_with(binary: &Path, flag: Option<(&str, &Path)>) -> anyhow::Result<Self> {
        let mut serve = command(binary);
        serve.args(["serve", "--listen", "127.0.0.1:0"]);
        if let Some((flag, path)) = flag {
            serve.arg(flag).arg(path);
        }
        let mut child = serve
            .env("RUST_LOG", "warn")
            .stdout(Stdio::piped())
            .spawn()
            .with_context(|| format!("cannot start {}", binary.display()))?;
        let stdout = child
            .stdout
            .take()
            .context("the server has no standard output")?;
        let mut line = String::new();
        BufReader::new(stdout).read_line(&mut line)?;
        let address = line
            .trim()
            .rsplit_once("http://")
            .map(|(_, address)| address.to_owned());
        match address {
            Some(address) => Ok(Self { child, address }),
            None => {
                let _ = child.kill();
                bail!("the server did not say where it listens: {line:?}")
            }
        }
    }

    /// Its process.
    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }

    /// The body of a successful GET.
    pub(crate) fn get(&self, path: &str) -> anyhow::Result<String> {
        let mut stream = TcpStream::connect(&self.address)?;
        write!(
            stream,
            "GET {path} HTTP/1.0\r\nHost: {}\r\nAccept-Encoding: identity\r\n\r\n",
            self.address
        )?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer)?;
        let (head, body) = answer.split_once("\r\n\r\n").context("no HTTP answer")?;
        if !head.lines().next().unwrap_or_default().contains(" 200 ") {
            bail!(
                "GET {path}: {}: {body}",
                head.lines().next().unwrap_or_default()
            );
        }
        Ok(body.to_owned())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Whether Playwright and a browser are here, or could be installed.
pub(crate) fn provide() -> anyhow::Result<bool> {
    let folder = root().join("end2end");
    if find("npm").is_none() {
        println!("SKIPPED: what needs a browser: npm is not here");
        return Ok(false);
    }
    let has = |package: &str| folder.join("node_modules").join(package).is_dir();
    if !has("@playwright/test") || !has("@axe-core/playwright") {
        step("Installing Playwright (npm)", || {
            run(command("npm")
                .current_dir(&folder)
                .env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")
                .args(["ci", "--no-audit", "--no-fund", "--loglevel=error"]))
        })?;
    }
    let browser = ensure_browser(&folder)?;
    if !browser {
        println!("SKIPPED: what needs a browser: none can be installed here");
    }
    Ok(browser)
}

/// What is walked with the page of `cargo xtask serve`, too: that it comes alive and follows edits.
const OF_DEVELOPMENT: &[&str] = &["first-page", "compose.hydrate", "early.hydrate"];

/// Whether the browser tests passed with the page as developers see it; none if they cannot run
/// here.
pub(crate) fn check_development(binary: &Path) -> anyhow::Result<Option<bool>> {
    if !provide()? {
        return Ok(None);
    }
    say("Walking the page in Chromium, as developers see it");
    walk(binary, None, OF_DEVELOPMENT).map(Some)
}

/// Whether all browser tests passed with a release's site; none if they cannot run here.
pub(crate) fn check(binary: &Path, site: &Path) -> anyhow::Result<Option<bool>> {
    if !provide()? {
        return Ok(None);
    }
    say("Walking the page in Chromium, as a release ships it");
    walk(binary, Some(site), &[]).map(Some)
}

/// Runs the specs of these names, or all.
fn walk(binary: &Path, site: Option<&Path>, specs: &[&str]) -> anyhow::Result<bool> {
    let server = Server::start_with(binary, site.map(|site| ("--site", site)))?;
    let passed = command("npx")
        .current_dir(root().join("end2end"))
        .args(["playwright", "test", "--reporter=list"])
        .args(specs)
        .env("BASE_URL", format!("http://{}", server.address))
        // For tests that start and stop a server of their own.
        .env("CHARTROOM_BIN", binary)
        .envs(site.map(|site| ("CHARTROOM_SITE_DIR", site)))
        .env("CI", "true")
        .status()?
        .success();
    Ok(passed)
}

/// Debian's Chromium, or else Playwright's own.
fn ensure_browser(folder: &Path) -> anyhow::Result<bool> {
    if Path::new("/usr/bin/chromium").is_file() {
        return Ok(true);
    }
    if find("apt-get").is_some() {
        let installed = step("Installing Chromium (apt-get)", || {
            apt_install(&["chromium", "fonts-dejavu-core"])
        });
        if installed.is_ok() {
            return Ok(true);
        }
    }
    let mut install = command("npx");
    install
        .current_dir(folder)
        .args(["playwright", "install", "--with-deps", "chromium"]);
    Ok(step("Installing Playwright's Chromium", || run(&mut install)).is_ok())
}
