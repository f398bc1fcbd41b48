//! A server under load: the first page, and previews for several people at once.

use std::{
    fs,
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::TcpStream,
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context as _, bail};
use compose::Composition;
use serde::Deserialize;
use values::{Map, Value};

use super::table::{Goal, Table, percentile};
use crate::{end2end::Server, process::say};

/// First pages asked for.
const PAGES: usize = 40;
/// People who edit at once.
const CLIENTS: i64 = 4;
/// How long they edit.
const TIME: Duration = Duration::from_secs(10);

/// The server's time for a first page with its manifests, another composition each time.
pub(super) fn first_page(server: &Server, table: &mut Table) -> anyhow::Result<()> {
    say("The first page");
    let mut times = Vec::new();
    for round in 0..=PAGES {
        let start = Instant::now();
        server.get(&format!(
            "/?env=prod&set=eval.env.lookbackRuns={}",
            round + 1
        ))?;
        // The first one warms up.
        if round > 0 {
            times.push(start.elapsed().as_secs_f64() * 1000.0);
        }
    }
    table.add(
        "server time of a first page with manifests, FLTS prod, p50",
        percentile(&mut times, 0.5),
        "ms",
        Goal::Under(25.0),
    );
    let slow = percentile(&mut times, 0.95);
    table.note("the same, p95", &format!("{slow:.1} ms"));
    Ok(())
}

/// Previews per second for several clients, none of which asks for the same twice; and the
/// server's memory after it.
pub(super) fn previews(server: &Server, table: &mut Table) -> anyhow::Result<()> {
    say("Previews for several clients at once");
    let end = Instant::now() + TIME;
    let clients: Vec<_> = (0..CLIENTS)
        .map(|client| {
            let address = server.address.clone();
            thread::spawn(move || edit(&address, client, end))
        })
        .collect();
    let mut count = 0;
    for client in clients {
        count += client
            .join()
            .map_err(|_| anyhow::anyhow!("a client panicked"))??;
    }
    let rate = count as f64 / TIME.as_secs_f64();
    let cpus = thread::available_parallelism().map_or(1, usize::from);
    table.add(
        &format!("previews, FLTS prod, {CLIENTS} clients, {cpus} cores shared with them"),
        rate,
        "a second",
        Goal::AtLeast(500.0),
    );
    match resident(server.id()) {
        Some(memory) => table.add(
            "the server's memory after them",
            memory,
            "MB",
            Goal::Under(200.0),
        ),
        None => table.skip("the server's memory", "there is no /proc here"),
    }
    Ok(())
}

/// What a client reads of an answer.
#[derive(Debug, Deserialize)]
struct Answer {
    digest: String,
}

/// Asks for previews of ever new compositions, as a page does: what it has need not be sent again.
/// Gives their number.
fn edit(address: &str, client: i64, end: Instant) -> anyhow::Result<usize> {
    let connection = TcpStream::connect(address)?;
    // A browser does not wait for an acknowledgement before the rest of a request either.
    connection.set_nodelay(true)?;
    let mut connection = BufReader::new(connection);
    let mut count = 0;
    let mut have = String::new();
    for edit in 0.. {
        if Instant::now() > end {
            break;
        }
        let runs = Value::Float((client * 100_000 + edit + 1) as f64);
        let env = Map::from([("lookbackRuns".to_owned(), runs)]);
        let eval = Map::from([("env".to_owned(), Value::Map(env))]);
        let composition = Composition {
            environment: "prod".to_owned(),
            overrides: Map::from([("eval".to_owned(), Value::Map(eval))]),
            ..Composition::of_chart("flts")
        };
        let body = serde_json::json!({ "composition": composition, "have": have }).to_string();
        let answer = post(&mut connection, address, &body)?;
        have = serde_json::from_slice::<Answer>(&answer)?.digest;
        count += 1;
    }
    Ok(count)
}

/// One request on a connection that stays open; gives the answer's body.
fn post(connection: &mut BufReader<TcpStream>, host: &str, body: &str) -> anyhow::Result<Vec<u8>> {
    let request = format!(
        "POST /api/fn/preview HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/json\r\n\
         Accept: application/json\r\nAccept-Encoding: identity\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    );
    connection.get_mut().write_all(request.as_bytes())?;
    let mut length = 0;
    let mut line = String::new();
    connection.read_line(&mut line)?;
    if !line.contains(" 200 ") {
        bail!("a preview was answered with {}", line.trim());
    }
    loop {
        line.clear();
        connection.read_line(&mut line)?;
        let Some((name, value)) = line.split_once(':') else {
            break;
        };
        if name.eq_ignore_ascii_case("content-length") {
            length = value.trim().parse().context("a bad length")?;
        }
    }
    if length == 0 {
        bail!("a preview came without its length");
    }
    let mut answer = Vec::new();
    connection.take(length).read_to_end(&mut answer)?;
    Ok(answer)
}

/// A process's resident memory in megabytes, where Linux tells.
fn resident(process: u32) -> Option<f64> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find(|line| line.starts_with("VmRSS:"))?;
    let kilobytes: f64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kilobytes * 1.024 / 1000.0)
}
