//! `chartroom serve`: loads the charts, listens, and stops without dropping anyone.

use std::{
    io::{IsTerminal as _, Write as _},
    net::SocketAddr,
    path::PathBuf,
    time::Instant,
};

use anyhow::Context as _;
use compose::Composition;
use tokio::{net::TcpListener, signal};

use crate::{
    charts::{self, Charts},
    compositions,
    config::Config,
    router,
    state::AppState,
};

/// Flags; each wins over its environment variable.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// A chart to serve, a folder or an archive; the first is shown at `/` [env: CHARTROOM_CHARTS]
    /// [default: the FLTS chart]
    #[arg(long = "chart", value_name = "DIR|TGZ")]
    charts: Vec<PathBuf>,
    /// The address to listen on; port 0 takes any free one [env: CHARTROOM_LISTEN]
    /// [default: 127.0.0.1:3000]
    #[arg(long, value_name = "ADDR")]
    listen: Option<SocketAddr>,
    /// A folder with `pkg/`, `style/` and the public files, instead of the embedded site
    /// [env: CHARTROOM_SITE_DIR]
    #[arg(long, value_name = "DIR")]
    site: Option<PathBuf>,
    /// What one render may use, as for `chartroom template`; may be repeated
    /// [env: CHARTROOM_LIMIT_STEPS …]
    #[arg(long = "limit", value_name = "NAME=NUMBER")]
    limits: Vec<String>,
    /// A folder with a team's own export templates (NAME.j2), beside those that come with Chartroom
    /// [env: CHARTROOM_EXPORTS]
    #[arg(long, value_name = "DIR")]
    exports: Option<PathBuf>,
}

/// Serves until the process is told to stop.
///
/// # Errors
/// When a chart cannot be served or the address is taken.
pub fn run(args: Args) -> anyhow::Result<()> {
    let started = Instant::now();
    log();
    let mut config = Config::from_env()?;
    config.bind.listen = args.listen.unwrap_or(config.bind.listen);
    config.paths.site = args.site.or(config.paths.site);
    config.paths.exports = args.exports.or(config.paths.exports);
    config.limits.set_render(&args.limits)?;
    if !args.charts.is_empty() {
        config.paths.charts = args.charts;
    }
    let charts = Charts::open(&config.paths.charts)
        .map_err(|(chart, error)| anyhow::Error::new(error).context(chart))?;
    tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .context("cannot start the async runtime")?
        .block_on(serve(config, charts, started))
}

async fn serve(mut config: Config, charts: Charts, started: Instant) -> anyhow::Result<()> {
    let listen = config.bind.listen;
    let listener = TcpListener::bind(listen)
        .await
        .with_context(|| format!("cannot listen on {listen}"))?;
    config.bind.listen = listener.local_addr().unwrap_or(listen);
    let address = config.bind.listen;
    let names: Vec<_> = charts
        .iter()
        .map(|chart| chart.about.info.name.clone())
        .collect();
    tracing::info!(
        %address,
        charts = names.join(","),
        startup_millis = started.elapsed().as_millis(),
        "Ready to serve"
    );
    let state = AppState::new(config, charts)?;
    tokio::spawn(warm(state.clone()));
    tokio::spawn(charts::keep_reading(state.charts.clone()));
    let charts = state.charts.clone();
    let router = router::build(state);
    // The one line on standard output: scripts that asked for port 0 read the port from it.
    println!("Chartroom listens on http://{address}");
    let _ = std::io::stdout().flush();
    axum::serve(listener, router)
        .with_graceful_shutdown(async move {
            stopped().await;
            charts.stop();
        })
        .await?;
    tracing::info!("Stopped");
    Ok(())
}

/// Renders each chart once as it is, so that its templates are compiled before the first visitor.
async fn warm(state: AppState) {
    for chart in state.charts.iter() {
        let input = compositions::input(&chart, &Composition::of_chart(&chart.about.info.name));
        // A chart that fails with its own values is its author's matter, and said on the page.
        let _ = state.renderer.render(&chart, input).await;
    }
}

/// Waits for Ctrl-C or SIGTERM. Requests that have begun are answered; none takes longer than the
/// request limit, so that the process ends soon.
async fn stopped() {
    let interrupt = async {
        if signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    #[cfg(unix)]
    let terminate = async {
        match signal::unix::signal(signal::unix::SignalKind::terminate()) {
            Ok(mut terminate) => {
                terminate.recv().await;
            }
            Err(_) => std::future::pending().await,
        }
    };
    #[cfg(not(unix))]
    let terminate = std::future::pending::<()>();
    tokio::select! {
        () = interrupt => {}
        () = terminate => {}
    }
}

/// Logs to standard error, as much as `RUST_LOG` says.
fn log() {
    let filter = tracing_subscriber::EnvFilter::try_from_default_env()
        .unwrap_or_else(|_| "warn,chartroom=info,server=info".into());
    // A second start in one process (tests) keeps the first log.
    let _ = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_ansi(std::io::stderr().is_terminal())
        .with_writer(std::io::stderr)
        .try_init();
}
