//! The hall: a town in which nothing happens by itself, the hands that send what people do, and a folder that a partner fetches
//! from.

use std::path::Path;

use kernel::config::Config;
use kernel::policy::ScopeKind;
use people::NewRole;
use serde_json::{Value, json};

use crate::stories::town::Town;

/// The hall of the story.
pub(super) struct Hall {
    pub(super) town: Town,
    share: tempfile::TempDir,
    /// The market's id, as GraphQL knows it.
    pub(super) market: String,
    /// The agency's.
    pub(super) agency: String,
}

/// The settings of the story: a partner fetches from this folder, if it is there.
pub(super) fn settings(share: &Path) -> Config {
    let mut config = Town::defaults();
    config.channels.partner_dir = share.join("partner");
    std::fs::create_dir(&config.channels.partner_dir).expect("a folder for the partner");
    config
}

impl Hall {
    /// The town as it stands the day before: a public market and its staff, an agency with a licence and its manager.
    pub(super) async fn new(town: Town, share: tempfile::TempDir) -> Self {
        let ctx = town.itself().await;
        let made = markets::register_market(&ctx, markets::testing::market("小店区零工市场"), None).await;
        let market = made.expect("the market is registered");
        markets::list_market(&ctx, market.id, market.version, None).await.expect("the market is listed");
        let form = people::AgencyInput {
            name: "晋才人力资源有限公司".to_owned(),
            uscc: None,
            county: Some("140105".to_owned()),
            issuer: "太原市人力资源和社会保障局".to_owned(),
            scope: vec![people::LicenceScope::JobIntermediation],
            issued_on: kernel::gql::Date("2026-01-05".parse().expect("a day")),
            expires_on: Some(kernel::gql::Date("2028-01-04".parse().expect("a day"))),
        };
        let made = people::register_agency(&ctx, "晋人服证字〔2026〕第7号".to_owned(), form, None).await;
        let agency = made.expect("the agency is registered");
        let how = Some("与发证机关登记核对一致".to_owned());
        people::verify_licence(&ctx, agency.id, agency.version, how, None).await.expect("its licence is verified");
        let at = |role, kind, key: uuid::Uuid| NewRole { role, kind, key: key.to_string() };
        town.clerk("staff", at("market_staff", ScopeKind::Market, market.id)).await;
        town.clerk("manager", at("market_manager", ScopeKind::Market, market.id)).await;
        town.clerk("agent", at("agency_manager", ScopeKind::Agency, agency.id)).await;
        let id = |kind, id| ctx.gid(kind, id).to_string();
        let (market, agency) = (id("Market", market.id), id("Agency", agency.id));
        Self { town, share, market, agency }
    }

    /// Signs one of the staff in: sessions end while the story waits for the next scene.
    pub(super) async fn staff(&self, username: &str) -> String {
        self.town.sign_in("taiyuan", username).await
    }

    /// Signs somebody of the city in with the code that comes to the number.
    pub(super) async fn citizen(&self, phone: &str) -> String {
        let asked = format!("phone: \"{phone}\", purpose: SIGN_IN");
        self.done("", "requestPhoneCode", &asked, "PhoneCodeSent { goodUntil }").await;
        let code = people::testing::code_sent(&self.town.itself().await, phone).await.expect("a code came");
        let notice = people::testing::notice_version();
        let input = format!("input: {{phone: \"{phone}\", code: \"{code}\", noticeVersion: \"{notice}\"}}");
        let signed = self.done("", "signInCitizen", &input, "CitizenSignedIn { token }").await;
        signed["token"].as_str().expect("a token").to_owned()
    }

    /// Sends a mutation with its arguments as they are written in GraphQL: the success, or the refusal with its code.
    pub(super) async fn send(&self, token: &str, name: &str, arguments: &str, success: &str) -> Value {
        let refused = name[..1].to_uppercase() + &name[1..] + "Refused";
        let query = format!(
            "mutation {{ {name}({arguments}) {{ __typename ... on {success} ... on {refused} {{ code message field }} }} }}"
        );
        let token = Some(token).filter(|token| !token.is_empty());
        let answer = self.town.ask("taiyuan", token, &query, json!({})).await;
        if let Some(error) = answer["errors"].get(0) {
            return json!({ "error": error["extensions"]["code"], "said": error["message"], "query": query });
        }
        answer["data"][name].clone()
    }

    /// The same, and it is done.
    pub(super) async fn done(&self, token: &str, name: &str, arguments: &str, success: &str) -> Value {
        let answer = self.send(token, name, arguments, success).await;
        let ended = answer["error"].is_null() && answer["code"].is_null() && !answer.is_null();
        assert!(ended, "{name}({arguments}): {answer}");
        answer
    }

    /// Asks a question.
    pub(super) async fn see(&self, token: &str, query: &str) -> Value {
        let token = Some(token).filter(|token| !token.is_empty());
        let answer = self.town.ask("taiyuan", token, query, json!({})).await;
        assert!(answer.get("errors").is_none(), "{query}: {answer}");
        answer["data"].clone()
    }

    /// An engagement as it stands now.
    pub(super) async fn engagement(&self, token: &str, id: &Value) -> Value {
        let shown = "id version status late consequence endReason arrivedAt warnedAt wageTruth { agreedFen paidFen sheetPaidFen shortFen }";
        self.see(token, &format!("{{ engagement(id: {id}) {{ {shown} }} }}")).await["engagement"].clone()
    }

    /// `id: "…", version: 3` of an engagement as it stands now.
    pub(super) async fn newest(&self, token: &str, id: &Value) -> String {
        let now = self.engagement(token, id).await;
        format!("id: {}, version: {}", now["id"], now["version"])
    }

    /// Brings a file in; its upload.
    pub(super) async fn upload(&self, token: &str, purpose: &str, name: &str, bytes: &[u8]) -> Value {
        let input = format!("input: {{purpose: {purpose}, fileName: \"{name}\", size: {}}}", bytes.len());
        let ticket = self.done(token, "createUpload", &input, "UploadTicket { uploadId url }").await;
        assert_eq!(self.town.put(ticket["url"].as_str().expect("an address"), bytes.to_vec()).await, 201);
        let id = ticket["uploadId"].clone();
        self.done(token, "completeUpload", &format!("id: {id}"), "Upload { kind }").await;
        id
    }

    /// What the feed shows to everybody who passes postings on.
    pub(super) async fn feed(&self) -> String {
        let (status, bytes) = self.town.fetch("/taiyuan/feed/postings.json").await;
        assert_eq!(status, 200);
        String::from_utf8(bytes).expect("text")
    }

    /// What lies in the folder of the partner.
    pub(super) fn partner_file(&self) -> String {
        let of = |folder: &str| self.share.path().join(folder).join("140100").join("partner.json");
        let there = std::fs::read_to_string(of("partner"));
        there.or_else(|_| std::fs::read_to_string(of("unmounted"))).unwrap_or_default()
    }

    /// The share of the partner is gone, or there again.
    pub(super) fn mount(&self, there: bool) {
        let (from, to) = if there { ("unmounted", "partner") } else { ("partner", "unmounted") };
        std::fs::rename(self.share.path().join(from), self.share.path().join(to)).expect("the share moves");
    }
}
