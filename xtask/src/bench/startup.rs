//! How soon the first page comes, what it costs to stand idle, how large the binary is.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result, ensure};

use super::result::{Bench, Goal, Measure, timed};
use crate::demo::Demo;

const RUNS: usize = 7;

pub(super) fn measure(_root: &Path, binary: &Path) -> Result<Bench> {
    let mut bench = Bench::new("startup");
    let first_page = |demo: &Demo| page(demo, "/");

    let (replayed, mut demo) = timed(|| {
        let demo = Demo::start(binary, None)?;
        first_page(&demo)?;
        Ok(demo)
    })?;
    bench.measure(Measure::new("first start ever: the case replayed", "s", vec![replayed]));

    let mut starts = Vec::new();
    for _ in 0..RUNS {
        let (seconds, ()) = timed(|| {
            demo.restart(binary)?;
            first_page(&demo)
        })?;
        starts.push(seconds);
    }
    let start = bench.measure(Measure::new("start to first page, database there", "s", starts));
    bench.reach("start to first page, seconds", start, Goal::AtMost(0.5));

    thread::sleep(Duration::from_secs(5));
    let memory = bench.measure(Measure::new("resident memory, idle", "MB", vec![resident(demo.process())?]));
    bench.reach("idle memory, MB", memory, Goal::AtMost(150.0));

    #[expect(clippy::cast_precision_loss, reason = "megabytes to a few places")]
    let size = std::fs::metadata(binary)?.len() as f64 / 1e6;
    let size = bench.measure(Measure::new("release binary", "MB", vec![size]));
    bench.reach("binary, MB", size, Goal::AtMost(80.0));
    Ok(bench)
}

/// Asks for one page the plainest way there is.
fn page(demo: &Demo, path: &str) -> Result<()> {
    let address = demo.address();
    let host = address.trim_start_matches("http://");
    let mut stream = TcpStream::connect(host)?;
    write!(stream, "GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n")?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer)?;
    ensure!(answer.starts_with(b"HTTP/1.1 200"), "{path} did not answer 200");
    Ok(())
}

/// Resident memory of a process in megabytes.
fn resident(process: u32) -> Result<f64> {
    let text = std::fs::read_to_string(format!("/proc/{process}/status"))?;
    let line = text
        .lines()
        .find_map(|line| line.strip_prefix("VmRSS:"))
        .context("the kernel tells the resident size")?;
    let kilobytes: f64 = line.trim().trim_end_matches("kB").trim().parse()?;
    Ok(kilobytes / 1000.0)
}
