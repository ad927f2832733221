//! Photos of what was inspected: sent as every file is, kept with their check, read by those who see it.

use async_graphql::futures_util::stream;
use kernel::blob::{self, CHECK_PHOTO};
use kernel::policy::ScopeKind;

use super::*;

const PNG: &[u8] = b"\x89PNG\r\n\x1A\nwhat the camera saw";

/// Sends a photo and completes it where it is one; its id.
async fn photo(ctx: &Ctx, bytes: &'static [u8]) -> (Value, bool) {
    let size = i64::try_from(bytes.len()).unwrap();
    let ticket = blob::create_upload(ctx, &CHECK_PHOTO, "消防通道.png", size, None).await.unwrap();
    let token = ticket.url.rsplit('/').next().unwrap().to_owned();
    let body = stream::iter([Ok::<_, std::io::Error>(bytes)]);
    blob::receive(ctx, &token, body).await.unwrap();
    let done = blob::complete(ctx, ticket.id, None).await.is_ok();
    (json!(ctx.gid("Upload", ticket.id)), done)
}

async fn inspect(ctx: &Ctx, market: &Value, photos: &[&Value]) -> Value {
    let input = json!({ "item": "EVACUATION_ROUTE", "result": "PASSED", "inspector": "李建国",
        "inspectedOn": "2026-11-01", "expiresOn": "2027-11-01", "photos": photos });
    let variables = json!({ "market": market["id"], "input": input });
    let declared = "$market: ID!, $input: SafetyCheckInput!";
    let call = "marketId: $market, input: $input";
    send(ctx, "recordSafetyCheck", declared, call, variables, "id photos { id fileName url }").await
}

#[tokio::test]
async fn a_photo_is_kept_with_its_check_and_fetched_by_those_who_see_it() {
    let town = Town::new().await;
    let market = town.listed(form("坞城零工市场")).await;
    let inspector = town.by(testing::officer_of(3, "safety_inspector", ScopeKind::County, "140105")).await;
    let ((first, _), (second, _)) = (photo(&town.bureau, PNG).await, photo(&town.bureau, PNG).await);
    let made = inspect(&town.bureau, &market, &[&first, &second]).await;
    let names: Vec<_> = made["photos"].as_array().unwrap().iter().map(|p| p["fileName"].clone()).collect();
    assert_eq!(names, ["消防通道.png", "消防通道.png"], "{made}");
    let url = made["photos"][0]["url"].as_str().unwrap();
    let fetched = blob::open_download(&town.bureau, url.rsplit('/').next().unwrap()).await.unwrap();
    assert_eq!((fetched.media_type.as_str(), fetched.size), ("image/png", i64::try_from(PNG.len()).unwrap()));
    // A day after they were sent, files that nobody keeps are gone; these are kept.
    town.clock.advance(chrono::Duration::days(30));
    let later = town.by(bureau()).await;
    let seen = "safetyChecks { edges { node { photos { fileName url } } } }";
    let question = format!("{{ market(id: {}) {{ {seen} }} }}", market["id"]);
    let checks = ask(&later, &question).await["market"]["safetyChecks"]["edges"].clone();
    assert!(checks[0]["node"]["photos"][1]["url"].is_string(), "{checks}");
    let elsewhere = town.by(testing::officer("county_officer", ScopeKind::County, "140106")).await;
    assert_eq!(ask(&elsewhere, &question).await["market"], Value::Null);
    // Used twice, of somebody else, or not there: no check is recorded.
    assert_eq!(inspect(&later, &market, &[&first]).await["code"], "PHOTO_NOT_READY");
    assert_eq!(inspect(&inspector, &market, &[&first]).await, json!({ "error": "NOT_FOUND" }));
    let foreign = json!(kernel::ids::GlobalId::new("Upload", "140200", uuid::Uuid::from_u128(7)).encode());
    assert_eq!(inspect(&later, &market, &[&foreign]).await, json!({ "error": "NOT_FOUND" }));
    assert_eq!(inspect(&later, &market, &[&first; 7]).await["code"], "TOO_MANY_PHOTOS");
    assert_eq!(ask(&later, &question).await["market"]["safetyChecks"]["edges"].as_array().unwrap().len(), 1);
    let own = photo(&inspector, PNG).await.0;
    assert_eq!(inspect(&inspector, &market, &[&own]).await["photos"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn a_photo_that_two_checks_want_at_one_moment_is_kept_with_one_of_them() {
    let town = Town::new().await;
    let one = town.register(form("坞城零工市场")).await;
    let other = town.register(form("学府街零工市场")).await;
    for _ in 0..4 {
        let photo = photo(&town.bureau, PNG).await.0;
        let photos = [&photo];
        let (one, other) = tokio::join!(inspect(&town.bureau, &one, &photos), inspect(&town.bureau, &other, &photos));
        let (done, refused) = if one["id"].is_string() { (one, other) } else { (other, one) };
        assert_eq!(done["photos"].as_array().unwrap().len(), 1, "{done}");
        assert_eq!(refused["code"], "PHOTO_NOT_READY", "{refused}");
    }
}

#[tokio::test]
async fn what_is_no_photo_by_its_bytes_is_not_taken_over() {
    let town = Town::new().await;
    assert!(photo(&town.bureau, b"\xFF\xD8\xFF\xE0 a JPEG").await.1);
    assert!(photo(&town.bureau, b"RIFF\x10\x00\x00\x00WEBPVP8 ").await.1);
    for bytes in [&b"%PDF-1.7"[..], b"<svg onload='x'>", b"MZ\x90\x00"] {
        assert!(!photo(&town.bureau, bytes).await.1);
    }
    let large = blob::create_upload(&town.bureau, &CHECK_PHOTO, "大.png", (10 << 20) + 1, None).await;
    assert!(large.is_err());
}
