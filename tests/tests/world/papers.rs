//! What belongs to people who have no account (个人用户): their entries, their consents, the papers they sign.

use kernel::{Actor, blob};
use people::PhoneCodePurpose;
use serde_json::{Map, Value, json};

use super::fill;
use super::make::{Made, Thing};
use super::{Ended, FORM_SIZE, House, Town, World};

impl World {
    /// A completed upload for a purpose; the file begins like one of its kind.
    pub(super) async fn sent(&self, house: &House, town: &Town, purpose: &str, head: &[u8]) -> Thing {
        let (root, field) = house.field("createUpload");
        let mut variables = fill::fill(&house.sdl, field, &self.made(town), &[])?;
        variables["input"]["purpose"] = json!(purpose);
        let Ended::Done(ticket) = self.attempt(house, town, (root, field), &variables).await.1 else {
            return Err(format!("createUpload: nothing for {purpose}"));
        };
        let ctx = self.ctx(town, Actor::Anonymous).await;
        let token = ticket["url"].as_str().and_then(|url| url.rsplit('/').next()).unwrap_or_default();
        let mut bytes = head.to_vec();
        // A sheet is text to its end.
        bytes.resize(FORM_SIZE, if purpose == "POSTINGS" { b' ' } else { 0 });
        let body = futures_util::stream::iter([Ok::<_, std::io::Error>(bytes)]);
        blob::receive(&ctx, token, body).await.map_err(|e| format!("{purpose}: {e:?}"))?;
        let id = ticket["uploadId"].clone();
        self.with(house, town, "completeUpload", "Upload", (id.clone(), Value::Null)).await?;
        Ok((id, Value::Null))
    }

    /// A citizen who was registered at a counter, the consent it gave, or a paper that nobody used yet.
    pub(super) async fn of_people(&self, house: &House, town: &Town, kind: &str) -> Thing {
        if kind == "Paper" || kind == "Scan" {
            return self.sent(house, town, "PERSON_PAPER", b"%PDF-1.7").await;
        }
        let worker = self.by_field(house, town, "registerWorker", &[]).await?;
        let id = worker["citizenId"].clone();
        let citizen = self.read(house, town, "citizen", Map::from_iter([("id".to_owned(), id.clone())])).await;
        if kind == "Citizen" {
            return Ok((id, citizen["version"].clone()));
        }
        match &citizen["consents"][0]["id"] {
            Value::Null => Err("citizen: gave no consent".to_owned()),
            consent => Ok((consent.clone(), Value::Null)),
        }
    }

    /// A number that nobody signed in with, and the code that came to it.
    pub(super) async fn a_code(&self, town: &Town, made: &mut Made<'_>) {
        let phone = format!("137{:08}", self.next());
        let ctx = self.ctx(town, Actor::Anonymous).await;
        let code = people::testing::code(&ctx, &phone, PhoneCodePurpose::SignIn).await.expect("a code is sent");
        made.things.extend([("Phone".to_owned(), json!(phone)), ("PhoneCode".to_owned(), json!(code))]);
    }
}
