//! The public agreement page under load, beside a minimal Django page that asks as many questions
//! of its database. Loopback only, bounded in time and connections.

use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result, bail, ensure};

use super::peer::{Venv, must, version};
use super::result::{Bench, Goal, Measure};
use crate::demo::Demo;
use crate::{machine, run};

const DJANGO: &str = "django==5.2.19";
const GUNICORN: &str = "gunicorn==27.0.1";
const RUNS: usize = 5;
const SECONDS: u32 = 6;
const CONNECTIONS: u32 = 32;
const PAGE: &str = "/avtal/lua-2008/0180";

pub(super) fn compare(root: &Path, binary: &Path) -> Result<Bench> {
    if run::which("wrk").is_none() {
        machine::install(&["wrk"])?;
    }
    let mut bench = Bench::new("pages");
    bench.version("wrk", run::first_line(Command::new("wrk").arg("--version")).unwrap_or_default());
    bench.version("Django", version(DJANGO));
    bench.version("gunicorn", version(GUNICORN));

    let demo = Demo::start(binary, Some("2010-12-31"))?;
    let page = format!("{}{PAGE}", demo.address());
    let cookie = sign_in(&demo)?;
    // Warmed in the same way on both sides: the first answer fills caches and is not what is measured.
    let ours = load(&page, Some(&cookie))?;
    let ours_held = load(&page, None)?;
    drop(demo);
    let peer = Peer::start(root)?;
    let theirs = load(&format!("{}/agreement", peer.address), None)?;
    let theirs_held = load(&format!("{}/agreement/cached", peer.address), None)?;
    drop(peer);

    let mut told = |who: &str, load: Load| {
        let rate = bench.measure(Measure::new(format!("{who}, requests per second"), "1/s", load.rate));
        let p99 = bench.measure(Measure::new(format!("{who}, 99 of 100 within"), "ms", load.p99));
        (rate, p99)
    };
    let (our_rate, our_p99) = told("Kvarter, set anew", ours);
    let (our_held, our_held_p99) = told("Kvarter, as strangers get it", ours_held);
    let (their_rate, their_p99) = told("Django, set anew", theirs);
    let (their_held, their_held_p99) = told("Django, cached page", theirs_held);
    bench.reach("set anew: requests per second to Django's", our_rate / their_rate, Goal::Told);
    bench.reach("set anew: Django's 99th percentile to ours", their_p99 / our_p99, Goal::Told);
    bench.reach("as strangers get it: requests to Django's anew", our_held / their_rate, Goal::AtLeast(80.0));
    bench.reach(
        "as strangers get it: requests to Django's cached",
        our_held / their_held,
        Goal::AtLeast(8.0),
    );
    bench.reach("cached: Django's 99th percentile to ours", their_held_p99 / our_held_p99, Goal::Told);
    bench.reach("as strangers get it: 99 of 100 within, ms", our_held_p99, Goal::AtMost(10.0));
    Ok(bench)
}

/// Someone signed in is never given a page that was set for another: the cookie makes every page be set anew.
fn sign_in(demo: &Demo) -> Result<String> {
    let address = format!("{}/logga-in/som", demo.address());
    let said = must(Command::new("curl").args(["-s", "-i", "-d", "som=demo-registrar", &address]))?;
    let mut cookies = said.lines().filter_map(|line| {
        let (name, value) = line.split_once(": ")?;
        name.eq_ignore_ascii_case("set-cookie").then(|| value.split(';').next())?
    });
    let cookie = cookies.find(|cookie| cookie.starts_with("kvarter=")).context("the demo signs one in")?;
    Ok(cookie.to_owned())
}

struct Load {
    rate: Vec<f64>,
    p99: Vec<f64>,
}

fn load(address: &str, cookie: Option<&str>) -> Result<Load> {
    let mut load = Load { rate: Vec::new(), p99: Vec::new() };
    for _ in 0..RUNS {
        let mut wrk = Command::new("wrk");
        wrk.args(["-t1", &format!("-c{CONNECTIONS}"), &format!("-d{SECONDS}s"), "--latency"]);
        if let Some(cookie) = cookie {
            wrk.args(["-H", &format!("Cookie: {cookie}")]);
        }
        let said = must(wrk.arg(address))?;
        ensure!(!said.contains("Non-2xx"), "{address} answered with errors under load:\n{said}");
        load.rate.push(
            after(&said, "Requests/sec:").and_then(|word| word.parse().ok()).context("wrk tells the rate")?,
        );
        load.p99.push(after(&said, "99%").and_then(milliseconds).context("wrk tells the percentiles")?);
    }
    Ok(load)
}

/// The word that follows `label` in what wrk says.
fn after<'a>(said: &'a str, label: &str) -> Option<&'a str> {
    said.split_once(label)?.1.split_whitespace().next()
}

/// wrk writes `812.00us`, `4.10ms` or `1.20s`.
fn milliseconds(word: &str) -> Option<f64> {
    let (number, factor) = if let Some(number) = word.strip_suffix("us") {
        (number, 0.001)
    } else if let Some(number) = word.strip_suffix("ms") {
        (number, 1.0)
    } else {
        (word.strip_suffix('s')?, 1000.0)
    };
    number.parse::<f64>().ok().map(|number| number * factor)
}

/// The Django page, served by gunicorn with a worker for each core.
struct Peer {
    server: Child,
    address: String,
}

impl Peer {
    fn start(root: &Path) -> Result<Self> {
        let venv = Venv::of(root, "pages", &[DJANGO, GUNICORN])?;
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let folder = root.join("bench/pages");
        let database = root.join("target/bench/pages/peer.sqlite3");
        must(Command::new(venv.program("python")).arg(folder.join("seed.py")).arg(&database))?;
        let server = Command::new(venv.program("gunicorn"))
            .args([
                "--workers",
                "2",
                "--log-level",
                "error",
                "--bind",
                &format!("127.0.0.1:{port}"),
                "peer:application",
            ])
            .current_dir(&folder)
            .env("PEER_DATABASE", &database)
            .env("PYTHONDONTWRITEBYTECODE", "1")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .spawn()
            .context("could not start gunicorn")?;
        let peer = Self { server, address: format!("http://127.0.0.1:{port}") };
        for _ in 0..100 {
            if std::net::TcpStream::connect(("127.0.0.1", port)).is_ok() {
                return Ok(peer);
            }
            thread::sleep(Duration::from_millis(100));
        }
        bail!("the Django page never came up")
    }
}

impl Drop for Peer {
    fn drop(&mut self) {
        // Gunicorn ends its workers when asked politely, and leaves them behind when killed.
        let _ = Command::new("kill").arg(self.server.id().to_string()).status();
        let _ = self.server.wait();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_wrk_says_is_read_in_milliseconds() {
        let said =
            "  Latency Distribution\n     50%  812.00us\n     99%    4.10ms\nRequests/sec:  10234.56\n";
        assert_eq!(after(said, "Requests/sec:"), Some("10234.56"));
        assert_eq!(after(said, "99%").and_then(milliseconds), Some(4.1));
        assert_eq!(milliseconds("500.00us"), Some(0.5));
        assert_eq!(milliseconds("1.20s"), Some(1200.0));
        assert_eq!(milliseconds("soon"), None);
    }
}
