//! What people do (办理): through the public interface, each in a request of its own.

use kernel::sms::{Purpose, Report, signature};
use kernel::{Actor, blob};
use serde_json::{Map, Value, json};
use uuid::Uuid;

use crate::world::{GATEWAY, House, TAIYUAN, World};

/// Begins every picture.
pub(super) const PNG: &[u8] = b"\x89PNG\r\n\x1A\n\0\0\0\rIHDR";

/// The city in which they act.
pub(super) struct Acting<'a> {
    pub(super) world: &'a World,
    house: House,
}

impl<'a> Acting<'a> {
    pub(super) fn new(world: &'a World) -> Self {
        Self { world, house: House::new() }
    }

    async fn ask(&self, who: &Actor, document: &str) -> Value {
        self.world.ask(&self.house.schema, self.world.town(TAIYUAN), who.clone(), document, Map::new()).await.0
    }

    /// Sends a mutation with its arguments as they are written in GraphQL; it is done.
    pub(super) async fn done(&self, who: &Actor, name: &str, arguments: &str, success: &str) -> Value {
        let refused = name[..1].to_uppercase() + &name[1..] + "Refused";
        let document =
            format!("mutation {{ {name}({arguments}) {{ ... on {success} ... on {refused} {{ code message }} }} }}");
        let answer = self.ask(who, &document).await;
        let done = answer["data"][name].clone();
        assert!(answer["errors"].is_null() && done["code"].is_null() && !done.is_null(), "{document}: {answer}");
        done
    }

    /// Asks a question.
    pub(super) async fn see(&self, who: &Actor, question: &str) -> Value {
        let answer = self.ask(who, question).await;
        assert!(answer["errors"].is_null(), "{question}: {answer}");
        answer["data"].clone()
    }

    /// Brings a picture in whose bytes and name say this; its upload.
    pub(super) async fn upload(&self, who: &Actor, purpose: &str, says: &str) -> Value {
        let bytes = [PNG, says.as_bytes()].concat();
        let input = format!("input: {{purpose: {purpose}, fileName: \"{says}.png\", size: {}}}", bytes.len());
        let ticket = self.done(who, "createUpload", &input, "UploadTicket { uploadId url }").await;
        let token = ticket["url"].as_str().and_then(|url| url.rsplit('/').next()).expect("an address").to_owned();
        let stranger = self.world.ctx(self.world.town(TAIYUAN), Actor::Anonymous).await;
        let body = futures_util::stream::iter([Ok::<_, std::io::Error>(bytes)]);
        blob::receive(&stranger, &token, body).await.expect("the bytes arrive");
        let id = ticket["uploadId"].clone();
        self.done(who, "completeUpload", &format!("id: {id}"), "Upload { id }").await;
        id
    }

    /// A step of an engagement as it stands now: the engagement after it.
    pub(super) async fn step(&self, who: &Actor, name: &str, engagement: &Value, more: &str) -> Value {
        let now = self.see(who, &format!("{{ engagement(id: {engagement}) {{ version }} }}")).await;
        let call = format!("id: {engagement}, version: {}{more}", now["engagement"]["version"]);
        self.done(who, name, &call, "Engagement { id version status }").await
    }

    /// Somebody answers by text message, as the gateway brings it.
    pub(super) async fn answers(&self, number: &str, text: &str) {
        let ctx = self.world.ctx(self.world.town(TAIYUAN), Actor::Anonymous).await;
        let timestamp = ctx.now().timestamp().to_string();
        let body = json!({ "id": ctx.new_id(), "number": number, "text": text }).to_string();
        let signature = signature(GATEWAY, Purpose::Reply, "taiyuan", &timestamp, body.as_bytes()).expect("signed");
        let purpose = Purpose::Reply;
        let report = Report { purpose, timestamp: &timestamp, signature: &signature, body: body.as_bytes() };
        kernel::sms::receive(&ctx, report).await.expect("the gateway is believed");
    }

    /// The global id of something of the city, as it is written in a document.
    pub(super) fn gid(kind: &str, id: Uuid) -> Value {
        json!(kernel::ids::GlobalId::new(kind, TAIYUAN, id).encode())
    }

    /// Puts the clock to a moment, and lets everything be done that is due.
    pub(super) async fn go(&self, moment: &str) {
        self.world.clock.set(moment.parse().expect("a moment"));
        self.world.drain(TAIYUAN).await;
    }
}
