//! What is refused to whoever enters, reviews and ends postings, each with its code, and that it changed nothing.

use super::*;
use crate::kinds::{EngagementStatus, PostingStatus};

const PASS: (&str, &str) = ("decision", "ReviewDecision!");

async fn take_down(town: &Town, of: &Value, article: &str) -> Value {
    let more = [("reason", "String!", json!("收取押金")), ("article", "String!", json!(article))];
    step(&town.bureau, "takeDownPosting", of, &more).await
}

/// The key of a posting's id.
fn key(ctx: &Ctx, of: &Value) -> Uuid {
    ctx.parse_id("Posting", &async_graphql::ID(of["id"].as_str().unwrap().to_owned())).unwrap()
}

#[tokio::test]
async fn a_draft_is_not_closed_confirmed_reviewed_or_taken_down_and_what_is_published_not_handed_in() {
    let town = Town::new().await;
    let draft = save(&town.bureau, form(&town.bureau, town.party)).await;
    for (name, code) in [("closePosting", "NOT_PUBLISHED"), ("confirmPosting", "NOT_PUBLISHED")] {
        assert_eq!(step(&town.bureau, name, &draft, &[]).await["code"], code, "{name}");
    }
    let pass = [(PASS.0, PASS.1, json!("PUBLISH"))];
    assert_eq!(step(&town.bureau, "reviewPosting", &draft, &pass).await["code"], "NOT_IN_REVIEW");
    assert_eq!(take_down(&town, &draft, "就业促进法第四十一条").await["code"], "NOT_SHOWN");
    let shown = step(&town.bureau, "submitPosting", &draft, &[]).await;
    assert_eq!(shown["status"], "PUBLISHED", "{shown}");
    assert_eq!(step(&town.bureau, "submitPosting", &shown, &[]).await["code"], "NOT_FROM_HERE");
    assert_eq!(take_down(&town, &draft, "就业促进法第四十一条").await["code"], "CONFLICT", "it was a draft then");
    let nameless = take_down(&town, &shown, " ").await;
    assert_eq!((&nameless["code"], &nameless["field"]), (&json!("ARTICLE_MISSING"), &json!("article")), "{nameless}");
    assert_eq!(stands(&town.bureau, key(&town.bureau, &shown)).await, shown, "nothing changed");
}

#[tokio::test]
async fn a_reviewer_says_what_can_be_read_and_lets_nothing_out_that_was_taken_down() {
    let town = Town::new().await;
    let slow = town.party(NewParty::verified("普通公司")).await;
    let waiting = testing::posted(&town.bureau, testing::form(&town.bureau, slow)).await.unwrap();
    let shown = stands(&town.bureau, waiting).await;
    for remarks in [vec!["写明门牌号".to_owned(); 21], vec!["长".repeat(301)]] {
        let remarks: Vec<Value> = remarks.into_iter().map(|text| json!({ "text": text })).collect();
        let back = [(PASS.0, PASS.1, json!("RETURN")), ("remarks", "[ReviewRemarkInput!]", json!(remarks))];
        let refused = step(&town.bureau, "reviewPosting", &shown, &back).await;
        assert_eq!((&refused["code"], &refused["field"]), (&json!("REMARKS_TOO_LONG"), &json!("remarks")), "{refused}");
    }
    let same = stands(&town.bureau, town.published().await).await;
    assert_eq!(take_down(&town, &same, "就业促进法第四十一条").await["status"], "TAKEN_DOWN");
    assert_eq!(stands(&town.bureau, waiting).await["status"], "TAKEN_DOWN", "what says the same goes with it");
    // Somebody handed it in just while the other was taken down.
    testing::arrange(&town.bureau, move |tx| async move {
        posting::Entity::update_many()
            .col_expr(posting::Column::Status, Expr::value(PostingStatus::InReview))
            .filter(posting::Column::Id.eq(waiting))
            .exec(&tx)
            .await?;
        Ok(())
    })
    .await
    .unwrap();
    let now = stands(&town.bureau, waiting).await;
    let refused = step(&town.bureau, "reviewPosting", &now, &[(PASS.0, PASS.1, json!("PUBLISH"))]).await;
    assert_eq!(refused["code"], "TAKEN_DOWN_BEFORE", "{refused}");
    assert_eq!(stands(&town.bureau, waiting).await["status"], "IN_REVIEW");
}

/// A lead of an agency with a posting under the agency's number, and the form that it was sent with.
struct Led {
    agency: Uuid,
    lead: Uuid,
    manager: Ctx,
    posted: Value,
    input: Value,
}

async fn led(town: &Town) -> Led {
    let agency = testing::agency(&town.bureau, "晋才人力").await.unwrap();
    let lead = town.party(NewParty::lead("客户公司", agency)).await;
    let manager = town.by(testing::manager(agency)).await;
    let input = form(&manager, lead);
    let posted = upsert(&manager, &input).await;
    assert_eq!(posted["status"], "PUBLISHED", "{posted}");
    Led { agency, lead, manager, posted, input }
}

async fn upsert(ctx: &Ctx, input: &Value) -> Value {
    let call = "externalId: \"JC-1\", input: $input";
    send(ctx, "upsertPosting", "$input: PostingInput!", call, json!({ "input": input })).await
}

async fn repeat(ctx: &Ctx, of: &Value) -> Value {
    let again = ("RepeatedPosting", "posting { id }");
    send_for(ctx, "repeatPosting", again, "$id: ID!", "id: $id, days: 1", json!({ "id": of["id"] })).await
}

/// The codes of amending it so, and of sending it so again.
async fn both(led: &Led, input: &Value) -> [Value; 2] {
    let amended = amend(&led.manager, &led.posted, input.clone()).await;
    [amended["code"].clone(), upsert(&led.manager, input).await["code"].clone()]
}

/// The state of a party comes to be this.
async fn set_party(town: &Town, party: Uuid, status: &'static str) {
    testing::arrange(&town.bureau, move |tx| async move {
        use entities::hiring_party::{Column, Entity};
        let of = Column::Id.eq(party);
        Entity::update_many().col_expr(Column::Status, Expr::value(status)).filter(of).exec(&tx).await?;
        Ok(())
    })
    .await
    .unwrap();
}

#[tokio::test]
async fn for_whom_nothing_may_be_published_nothing_is_amended_sent_again_or_repeated() {
    let town = Town::new().await;
    let led = led(&town).await;
    let dearer = with(led.input.clone(), "wageFen", json!(21_000));
    set_licence(&town.bureau, led.agency, "SUSPENDED").await;
    assert_eq!(both(&led, &dearer).await, ["LICENCE_INVALID"; 2]);
    assert_eq!(repeat(&led.manager, &led.posted).await["code"], "LICENCE_INVALID");
    set_licence(&town.bureau, led.agency, "VALID").await;
    for (status, code) in [("PENDING", "NOT_VERIFIED"), ("SUSPENDED", "PARTY_BARRED")] {
        set_party(&town, led.lead, status).await;
        assert_eq!(both(&led, &dearer).await, [code; 2], "{status}");
        assert_eq!(repeat(&led.manager, &led.posted).await["code"], code, "{status}");
    }
    assert_eq!(crate::count(&town.bureau).await.unwrap(), 1);
    assert_eq!(stands(&led.manager, key(&led.manager, &led.posted)).await, led.posted, "nothing changed");
    set_party(&town, led.lead, "VERIFIED").await;
    assert_eq!(upsert(&led.manager, &dearer).await["status"], "PUBLISHED");
}

#[tokio::test]
async fn no_text_that_may_not_be_seen_comes_in_by_amending_sending_again_or_repeating() {
    let town = Town::new().await;
    let led = led(&town).await;
    let conditions = "只要男的，先交300元押金";
    let unlawful = with(led.input.clone(), "conditions", json!(conditions));
    assert_eq!(both(&led, &unlawful).await, ["FINDINGS"; 2]);
    assert_eq!(upsert(&led.manager, &with(led.input.clone(), "trade", json!("宇航员"))).await["code"], "FLAWED");
    let steel = |form: Value| with(form, "duties", json!("搬运钢材，装车卸车"));
    let other = save(&town.bureau, steel(form(&town.bureau, town.party))).await;
    let other = step(&town.bureau, "submitPosting", &other, &[]).await;
    assert_eq!(take_down(&town, &other, "就业促进法第四十一条").await["status"], "TAKEN_DOWN");
    assert_eq!(both(&led, &steel(led.input.clone())).await, ["TAKEN_DOWN_BEFORE"; 2]);
    assert_eq!(repeat(&town.bureau, &other).await["code"], "TAKEN_DOWN_BEFORE");
    assert_eq!(stands(&led.manager, key(&led.manager, &led.posted)).await, led.posted, "nothing changed");
    // What was let out before a word was forbidden is not let out again.
    let id = key(&led.manager, &led.posted);
    testing::arrange(&town.bureau, move |tx| async move {
        posting::Entity::update_many()
            .col_expr(posting::Column::Conditions, Expr::value(conditions))
            .filter(posting::Column::Id.eq(id))
            .exec(&tx)
            .await?;
        Ok(())
    })
    .await
    .unwrap();
    assert_eq!(repeat(&led.manager, &led.posted).await["code"], "FINDINGS");
    assert_eq!(crate::count(&town.bureau).await.unwrap(), 2);
}

#[tokio::test]
async fn what_somebody_has_is_not_taken_away_by_the_agencys_number_either() {
    let town = Town::new().await;
    let led = led(&town).await;
    let id = key(&led.manager, &led.posted);
    for name in ["张*", "王*"] {
        let worker = testing::worker(&town.bureau, name).await.unwrap();
        testing::engaged(&town.bureau, id, worker, EngagementStatus::Confirmed).await.unwrap();
    }
    let shift = |hour: i64, headcount: i32| {
        let (from, until) = (testing::at(&led.manager, 1, hour), testing::at(&led.manager, 1, 14));
        with(led.input.clone(), "shifts", json!([{ "startsAt": from, "endsAt": until, "headcount": headcount }]))
    };
    assert_eq!(both(&led, &with(led.input.clone(), "wageFen", json!(15_000))).await, ["TERMS_FIXED"; 2]);
    assert_eq!(both(&led, &shift(7, 10)).await, ["SHIFT_IN_USE"; 2]);
    assert_eq!(both(&led, &shift(6, 1)).await, ["PLACES_TAKEN"; 2]);
    let fewer = amend(&led.manager, &led.posted, shift(6, 1)).await;
    assert!(fewer["message"].as_str().unwrap().contains("已录用 2 人"), "{fewer}");
    let withdraw = async |ctx: &Ctx, reason: &str| {
        let call = "externalId: \"JC-1\", reason: $reason";
        send(ctx, "withdrawPostingByExternalId", "$reason: String!", call, json!({ "reason": reason })).await
    };
    assert_eq!(withdraw(&town.bureau, "客户取消").await["code"], "AGENCY_MISSING", "it works for none");
    assert_eq!(withdraw(&led.manager, " ").await["code"], "REASON_MISSING");
    assert_eq!(withdraw(&led.manager, "客户取消").await["code"], "CONFIRMED");
    assert_eq!(town.row(id).await.status, PostingStatus::Published);
    let enough = upsert(&led.manager, &shift(6, 2)).await;
    assert_eq!((&enough["status"], &enough["placesLeft"]), (&json!("FILLED"), &json!(0)), "{enough}");
}

#[tokio::test]
async fn figures_that_cannot_be_are_refused_by_their_field() {
    let town = Town::new().await;
    let wage = json!({ "hourlyFen": 2_130, "from": "2026-01-01", "basis": "晋政发〔2026〕1号" });
    let figures = |wages: Vec<Value>, minutes: i32, days: i32| json!({ "minimumWages": wages, "reviewMinutes": minutes, "staleDays": days });
    let set = async |input: Value| {
        let of = ("PostingFigures", "version");
        let (declared, call) = ("$input: PostingFiguresInput!", "version: 0, input: $input");
        send_for(&town.bureau, "setPostingFigures", of, declared, call, json!({ "input": input })).await
    };
    let nothing = json!({ "from": "2026-01-01", "basis": "晋政发〔2026〕1号" });
    for (input, code, field) in [
        (figures(Vec::new(), 4, 7), "REVIEW_MINUTES", "input.reviewMinutes"),
        (figures(Vec::new(), 30, 91), "STALE_DAYS", "input.staleDays"),
        (figures(vec![wage.clone(); 201], 30, 7), "TOO_MANY", "input.minimumWages"),
        (figures(vec![wage.clone(), nothing], 30, 7), "LINE", "input.minimumWages"),
        (figures(vec![wage.clone(), wage.clone()], 30, 7), "DOUBLE", "input.minimumWages"),
    ] {
        let refused = set(input).await;
        assert_eq!((&refused["code"], &refused["field"]), (&json!(code), &json!(field)), "{refused}");
    }
    assert_eq!(set(figures(vec![wage], 30, 7)).await["version"], 1, "nothing was kept before");
}
