//! `sinetti audit follow`: a monitor.

use std::collections::HashSet;
use std::path::PathBuf;
use std::time::Duration;

use clap::Args;
use indicatif::ProgressBar;
use sinetti_events::log::policy::Policy;
use sinetti_projections::audit::{Finding, Verdict};

use crate::cli::failure::{Failure, Outcome};
use crate::cli::submit::Pins;
use crate::cli::{files, output};
use crate::client::Client;
use crate::clock::Clock;
use crate::monitor::{Monitor, MonitorError, Options, Sight};

/// How long witnesses may take: longer than a ledger waits before it asks again.
const PATIENCE: Duration = Duration::from_secs(15 * 60);

/// How often a smaller checkpoint is looked at again, and after how long: a cache's lag, not a day.
const LOOKS: u32 = 3;
const PAUSE: Duration = Duration::from_secs(2);

/// Progress is shown from this many new records on.
const MANY: u64 = 1000;

/// `sinetti audit follow`
#[derive(Debug, Args)]
pub struct Follow {
    /// Address of the server
    #[arg(long, value_name = "URL")]
    server: String,
    /// File that remembers the last checkpoint and all records under it; one for each ledger
    #[arg(long, value_name = "FILE")]
    state: PathBuf,
    #[command(flatten)]
    pins: Pins,
    /// Whose cosignatures you ask for (C2SP tlog-policy)
    #[arg(long, value_name = "FILE")]
    policy: Option<PathBuf>,
    /// How old the cosignatures that meet the policy may be; witnesses renew theirs once a day
    #[arg(long, value_name = "HOURS", default_value = "48", requires = "policy")]
    max_age: u64,
    /// Directory for evidence [default: STATE.evidence]
    #[arg(long, value_name = "DIR")]
    evidence: Option<PathBuf>,
    /// Seconds between two looks
    #[arg(long, value_name = "SECONDS", default_value = "60", conflicts_with = "once")]
    interval: u64,
    /// Look once, for cron: ends with 0 when all holds, 1 when something does not, 3 when out of reach
    #[arg(long)]
    once: bool,
    /// Write each look as a JSON object; without --once, on a line of its own
    #[arg(long)]
    json: bool,
}

/// Runs `sinetti audit follow`.
///
/// # Errors
///
/// The state can't be used; with `--once`, the server can't be reached.
pub fn run(command: &Follow) -> Result<Outcome, Failure> {
    let mut monitor = Monitor::open(Client::new(&command.server)?, command.options()?)?;
    let mut told = None;
    loop {
        match look(&mut monitor) {
            Ok(sight) => {
                command.tell(&sight, &mut told)?;
                if command.once {
                    return Ok(if sight.verdict == Verdict::Valid { Outcome::Done } else { Outcome::Found });
                }
            }
            Err(error) if error.is_unreachable() && !command.once => output::warn(&error.to_string()),
            Err(error) => return Err(error.into()),
        }
        std::thread::sleep(Duration::from_secs(command.interval));
    }
}

fn look(monitor: &mut Monitor) -> Result<Sight, MonitorError> {
    let mut bar: Option<ProgressBar> = None;
    let sight = monitor.look(|done, all| {
        if all >= MANY {
            bar.get_or_insert_with(|| output::bar(all, "records")).set_position(done);
        }
    });
    if let Some(bar) = bar {
        bar.finish_and_clear();
    }
    sight
}

impl Follow {
    fn options(&self) -> Result<Options, Failure> {
        let mut beside = self.state.as_os_str().to_owned();
        beside.push(".evidence");
        let policy = |path: &PathBuf| {
            let refused = |error| Failure::Refused(format!("--policy {}: {error}", files::name(path)));
            Policy::parse(&files::read(path)?).map_err(refused)
        };
        Ok(Options {
            state: self.state.clone(),
            evidence: self.evidence.clone().unwrap_or_else(|| PathBuf::from(beside)),
            pinned: self.pins.log_keys.clone(),
            policy: self.policy.as_ref().map(policy).transpose()?,
            max_age: Duration::from_secs(self.max_age.saturating_mul(3600)),
            patience: PATIENCE,
            looks: LOOKS,
            pause: PAUSE,
            clock: Clock::System,
        })
    }

    /// Tells what is new since the last look; in JSON, all of it.
    fn tell(&self, sight: &Sight, told: &mut Option<HashSet<String>>) -> Result<(), Failure> {
        if self.json {
            if self.once {
                return output::json(sight);
            }
            let line = serde_json::to_string(sight).map_err(Failure::refused)?;
            return output::result(&(line + "\n"));
        }
        let lines: HashSet<String> = sight.findings.iter().map(line).collect();
        if sight.new > 0 || told.as_ref() != Some(&lines) {
            output::result(&text(&self.server, sight, told.as_ref()))?;
        }
        *told = Some(lines);
        Ok(())
    }
}

/// One look in words; findings that were told before are counted only.
fn text(server: &str, sight: &Sight, told: Option<&HashSet<String>>) -> String {
    let origin = sight.origin.as_ref().map_or_else(|| server.to_owned(), ToString::to_string);
    let held = match sight.verdict {
        Verdict::Valid => "every check holds",
        Verdict::Suspect => "some of it is SUSPECT",
        Verdict::Unverifiable => "not all of it can be VERIFIED",
        Verdict::Tampered => "TAMPERED: not all of it holds",
    };
    let mut text = format!("{} {origin}: {} records ({} new), {held}\n", sight.at, sight.size, sight.new);
    if let Some(founding) = sight.founding.filter(|_| told.is_none()) {
        text.push_str(&format!("trust root  {founding}\n"));
    }
    let (before, fresh): (Vec<String>, Vec<String>) =
        sight.findings.iter().map(line).partition(|line| told.is_some_and(|told| told.contains(line)));
    text.extend(fresh);
    if !before.is_empty() {
        text.push_str(&format!("{} told before\n", before.len()));
    }
    for file in &sight.evidence {
        text.push_str(&format!("evidence: {} (check it with `sinetti audit check`)\n", file.display()));
    }
    text
}

fn line(finding: &Finding) -> String {
    let place = finding.index.map_or_else(|| "ledger".to_owned(), |index| format!("record {index}"));
    let verdict = match finding.verdict {
        Verdict::Valid => "valid",
        Verdict::Suspect => "suspect",
        Verdict::Unverifiable => "unverifiable",
        Verdict::Tampered => "tampered",
    };
    format!("{verdict}: {place}, {}: {} ({})\n", finding.member, finding.reason, finding.slug)
}

impl From<MonitorError> for Failure {
    fn from(error: MonitorError) -> Failure {
        match error {
            MonitorError::Client(error) => error.into(),
            MonitorError::Damaged { .. } | MonitorError::NoState(_) => Failure::Refused(error.to_string()),
            other => Failure::Unavailable(other.to_string()),
        }
    }
}
