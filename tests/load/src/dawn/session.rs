//! A session (会话): what a seeker asks one after the other, and what a hiring party does to publish a posting.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use chrono::{DateTime, Utc};
use serde_json::{Value, json};
use tokio::time::{Instant, sleep_until};

use super::causes::Tally;
use super::crowd::Town;
use super::model::{self, OPERATIONS};
use crate::client::{self, Pool};

/// What is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    Page,
    One,
    Directory,
    Mine,
    Viewer,
    Looking,
    Apply,
    Save,
    Submit,
}

impl Kind {
    pub(crate) const ALL: [Self; 9] = [
        Self::Page,
        Self::One,
        Self::Directory,
        Self::Mine,
        Self::Viewer,
        Self::Looking,
        Self::Apply,
        Self::Save,
        Self::Submit,
    ];

    pub(crate) const fn title(self) -> &'static str {
        match self {
            Self::Page => "open postings, a page of 20 with places left (`openPostings`)",
            Self::One => "one posting with its shifts (`publicPosting`)",
            Self::Directory => "the directory, a page of 20 (`directory`)",
            Self::Mine => "my work (`myEngagements`)",
            Self::Viewer => "who am I (`citizenViewer`)",
            Self::Looking => "still looking (`stillLooking`)",
            Self::Apply => "take a place (`applyForShift`)",
            Self::Save => "write a posting (`savePosting`)",
            Self::Submit => "publish it (`submitPosting`)",
        }
    }

    pub(crate) const fn writes(self) -> bool {
        matches!(self, Self::Looking | Self::Apply | Self::Save | Self::Submit)
    }

    const fn query(self) -> &'static str {
        match self {
            Self::Page => {
                "query($f: OpenPostingFilter) { openPostings(first: 20, filter: $f) { edges { node { id title place startsAt \
                 wageFen wageUnit payDay partyName marketName placesLeft } } pageInfo { hasNextPage endCursor } } }"
            }
            Self::One => {
                "query($id: ID!) { publicPosting(id: $id) { id status title needsCertificate duties conditions \
                 place countyName startsAt endsAt wageFen wageUnit payDay payText cover partyName partyVerifiedOn marketName \
                 instant shifts { id startsAt endsAt headcount placesLeft } } }"
            }
            Self::Directory => {
                "{ directory(first: 20) { edges { node { id slug name nature divisionName address hoursText trades { code \
                 name } } } pageInfo { hasNextPage } } }"
            }
            Self::Mine => "{ myEngagements(first: 20) { edges { node { id status } } pageInfo { hasNextPage } } }",
            Self::Viewer => "{ citizenViewer { sessionEndsAt worker { id } } }",
            Self::Looking => "mutation { stillLooking { __typename ... on StillLookingRefused { code } } }",
            Self::Apply => {
                "mutation($s: ID!) { applyForShift(shiftId: $s) { __typename ... on Engagement { status } \
                 ... on ApplyForShiftRefused { code } } }"
            }
            Self::Save => {
                "mutation($i: PostingInput!) { savePosting(input: $i) { __typename ... on Posting { id version } \
                 ... on SavePostingRefused { code } } }"
            }
            Self::Submit => {
                "mutation($id: ID!, $v: Int!) { submitPosting(id: $id, version: $v) { __typename \
                 ... on SubmitPostingRefused { code } } }"
            }
        }
    }
}

/// How it was answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ended {
    Answered,
    /// An answer that says why not.
    Refused,
    Failed,
}

/// A request that was made.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Done {
    pub(crate) kind: Kind,
    /// Since the beginning of the load.
    pub(crate) due: Duration,
    /// From when it was due to its answer.
    pub(crate) took: Duration,
    pub(crate) ended: Ended,
}

/// Where and how fast sessions are held.
pub(crate) struct Stage {
    pub(crate) pool: Pool,
    pub(crate) towns: Vec<Town>,
    pub(crate) began: Instant,
    /// Between two operations.
    pub(crate) pace: Duration,
    /// The day before the work.
    pub(crate) now: DateTime<Utc>,
    /// Why requests were refused and why they failed, and the deals.
    pub(crate) tally: Mutex<Tally>,
}

/// One session while it is held.
pub(crate) struct Session<'a> {
    stage: &'a Stage,
    path: String,
    token: &'a str,
    due: Instant,
    done: Vec<Done>,
}

impl Stage {
    /// Writes something down. Where a session panicked the load ends with an error anyhow.
    fn note(&self, what: impl FnOnce(&mut Tally)) {
        if let Ok(mut held) = self.tally.lock() {
            let tally: &mut Tally = &mut held;
            what(tally);
        }
    }

    /// The city of a session, three in ten in the biggest, which comes first; and which session it is there.
    fn town(&self, number: u64) -> (&Town, usize) {
        let rest = self.towns.len().saturating_sub(1).max(1);
        let of = |n: usize| match n * 37 % 100 {
            n if n < 30 => 0,
            n => (1 + (n - 30) % rest) % self.towns.len(),
        };
        let [hundreds, n] = [number / 100, number % 100].map(|n| usize::try_from(n).unwrap_or_default());
        let town = of(n);
        let before = |n: usize| (0..n).filter(|other| of(*other) == town).count();
        (&self.towns[town], hundreds * before(100) + before(n))
    }

    /// A seeker's session of this number, and the posting that comes with it.
    pub(crate) async fn seeker(self: Arc<Self>, number: u64, due: Instant) -> Vec<Done> {
        let (town, at) = self.town(number);
        let Some(token) = town.seekers.get(at % town.seekers.len().max(1)) else { return Vec::new() };
        let mut session = Session { stage: &self, path: path(town), token, due, done: Vec::with_capacity(OPERATIONS) };
        session.seek(number).await;
        session.done
    }

    /// A hiring party writes a posting and publishes it.
    pub(crate) async fn poster(self: Arc<Self>, number: u64, due: Instant) -> Vec<Done> {
        let (town, at) = self.town(number);
        let Some((token, party)) = town.posters.get(at % town.posters.len().max(1)) else { return Vec::new() };
        let mut session = Session { stage: &self, path: path(town), token, due, done: Vec::with_capacity(2) };
        session.publish(number, party).await;
        session.done
    }
}

fn path(town: &Town) -> String {
    format!("/{}/graphql", town.slug)
}

/// Trades that many look for.
const TRADES: [&str; 6] = ["瓦工", "搬运工", "保洁员", "电工", "家政服务员", "装卸工"];

impl Session<'_> {
    async fn seek(&mut self, number: u64) {
        let trade = TRADES[usize::try_from(number % 6).unwrap_or_default()];
        self.ask(Kind::Viewer, Value::Null).await;
        self.ask(Kind::Looking, Value::Null).await;
        let (mut found, mut seen) = (Vec::new(), Vec::new());
        let mut wants = model::applies(number);
        self.stage.note(|tally| tally.wanted += usize::from(wants));
        for turn in 2..OPERATIONS {
            match turn {
                5 => drop(self.ask(Kind::Directory, Value::Null).await),
                12 | 23 => drop(self.ask(Kind::Mine, Value::Null).await),
                // Three attempts, what was seen last first: refused, it takes the next that it saw.
                20..=22 if wants && !seen.is_empty() => wants = !self.apply(seen.pop()).await,
                _ if turn % 2 == 0 => {
                    let filter = if turn % 4 == 0 { json!({ "trade": trade }) } else { json!({ "instant": true }) };
                    let answer = self.ask(Kind::Page, json!({ "f": filter })).await;
                    found = ids(&answer);
                }
                _ if found.is_empty() => drop(self.ask(Kind::Page, json!({ "f": {} })).await),
                _ => {
                    let at = usize::try_from(number).unwrap_or_default() + turn;
                    let answer = self.ask(Kind::One, json!({ "id": found[at % found.len()] })).await;
                    if let Some(shift) = free_shift(&answer) {
                        seen.retain(|one| *one != shift);
                        seen.push(shift);
                    }
                }
            }
        }
    }

    /// Applies for a place; was it given?
    async fn apply(&mut self, shift: Option<String>) -> bool {
        let answer = self.ask(Kind::Apply, json!({ "s": shift })).await;
        let made = answer["data"]["applyForShift"]["status"] == "CONFIRMED";
        self.stage.note(|tally| tally.made += usize::from(made));
        made
    }

    async fn publish(&mut self, number: u64, party: &str) {
        let answer = self.ask(Kind::Save, json!({ "i": form(self.stage.now, number, party) })).await;
        let posting = &answer["data"]["savePosting"];
        if let (Some(id), Some(version)) = (posting["id"].as_str(), posting["version"].as_i64()) {
            self.ask(Kind::Submit, json!({ "id": id, "v": version })).await;
        }
    }

    /// Asks when it is due, and notes how long that took from then on.
    async fn ask(&mut self, kind: Kind, variables: Value) -> Value {
        sleep_until(self.due).await;
        let body = json!({ "query": kind.query(), "variables": variables }).to_string();
        let request = client::post_as(&self.path, self.token, &body);
        let answer = self.stage.pool.ask(&request).await;
        let took = self.due.elapsed();
        let (ended, answer) = match read(answer) {
            Ok((answer, None)) => (Ended::Answered, answer),
            Ok((answer, Some(code))) => {
                self.stage.note(|tally| tally.refused.add(&code));
                (Ended::Refused, answer)
            }
            Err(why) => {
                self.stage.note(|tally| tally.failed.add(&why));
                (Ended::Failed, Value::Null)
            }
        };
        let due = self.due - self.stage.began;
        self.done.push(Done { kind, due, took, ended });
        self.due += self.stage.pace;
        answer
    }
}

/// What an answer says, with the code where it is a refusal; or why there is none.
fn read(answer: crate::Result<(u16, Vec<u8>)>) -> Result<(Value, Option<String>), String> {
    let (status, body) = answer.map_err(|error| error.to_string())?;
    let text = String::from_utf8_lossy(&body);
    if status != 200 {
        return Err(format!("status {status}: {text}"));
    }
    let answer: Value = serde_json::from_str(&text).map_err(|error| format!("{error}: {text}"))?;
    if let Some(errors) = answer.get("errors") {
        let (code, message) = (&errors[0]["extensions"]["code"], &errors[0]["message"]);
        return Err(format!("{}: {}", code.as_str().unwrap_or("no code"), message.as_str().unwrap_or("no message")));
    }
    let refused = answer["data"].as_object().and_then(|fields| fields.values().find_map(refusal));
    Ok((answer, refused))
}

/// The code of a refusal.
fn refusal(field: &Value) -> Option<String> {
    let refused = field["__typename"].as_str()?.ends_with("Refused");
    refused.then(|| field["code"].as_str().unwrap_or("no code").to_owned())
}

/// The postings of a page.
fn ids(answer: &Value) -> Vec<String> {
    let edges = answer.pointer("/data/openPostings/edges").and_then(Value::as_array);
    let ids = edges.into_iter().flatten().filter_map(|edge| edge["node"]["id"].as_str());
    ids.map(str::to_owned).collect()
}

/// A shift that confirms at once, has places, and asks for no certificate (特种作业操作证): made-up workers have none.
fn free_shift(answer: &Value) -> Option<String> {
    let posting = answer.pointer("/data/publicPosting")?;
    let shifts =
        posting["shifts"].as_array().filter(|_| posting["instant"] == true && posting["needsCertificate"] != true)?;
    let free = shifts.iter().find(|shift| shift["placesLeft"].as_i64().is_some_and(|left| left > 0))?;
    free["id"].as_str().map(str::to_owned)
}

/// What a hiring party fills in for the day after.
fn form(now: DateTime<Utc>, number: u64, party: &str) -> Value {
    let day = now.date_naive() + chrono::Duration::days(2);
    let hour = 6 + number % 4;
    json!({
        "partyId": party, "trade": "6-29-01-01", "duties": format!("二号楼砌砖第{number}组"), "place": format!("建设路{}号工地", 1 + number % 300),
        "wageFen": 24_000, "wageUnit": "DAY", "instant": true, "cover": "COMMERCIAL",
        "shifts": [{ "startsAt": format!("{day}T{hour:02}:00:00+08:00"), "endsAt": format!("{day}T{:02}:00:00+08:00", hour + 8), "headcount": 10, "breakMinutes": 60 }],
    })
}
