//! Entering and amending postings.

use async_graphql::parser::parse_schema;
use async_graphql::parser::types::{BaseType, InputObjectType, Type, TypeKind, TypeSystemDefinition};

use super::*;

/// How many scalars and words a form must be given: inputs inside are counted for what they ask.
fn asked(schema: &async_graphql::parser::types::ServiceDocument, input: &str) -> Vec<String> {
    fn bottom(ty: &Type) -> &str {
        match &ty.base {
            BaseType::Named(name) => name.as_str(),
            BaseType::List(inner) => bottom(inner),
        }
    }
    let object = |name: &str| -> Option<&InputObjectType> {
        schema.definitions.iter().find_map(|definition| match definition {
            TypeSystemDefinition::Type(ty) if ty.node.name.node == name => match &ty.node.kind {
                TypeKind::InputObject(input) => Some(input),
                _ => None,
            },
            _ => None,
        })
    };
    let fields = &object(input).expect("an input").fields;
    let must = fields.iter().filter(|field| !field.node.ty.node.nullable);
    must.flat_map(|field| {
        let (name, of) = (field.node.name.node.as_str(), bottom(&field.node.ty.node));
        if object(of).is_some() {
            asked(schema, of).into_iter().map(|inner| format!("{name}.{inner}")).collect()
        } else {
            vec![name.to_owned()]
        }
    })
    .collect()
}

#[test]
fn a_posting_asks_for_nine_things_and_no_more() {
    let sdl = schema().sdl();
    let asked = asked(&parse_schema(&sdl).unwrap(), "PostingInput");
    assert_eq!(
        asked,
        [
            "partyId",
            "trade",
            "duties",
            "place",
            "wageFen",
            "wageUnit",
            "shifts.startsAt",
            "shifts.endsAt",
            "shifts.headcount"
        ]
    );
}

#[tokio::test]
async fn a_posting_is_entered_as_a_draft_and_amended_under_its_version() {
    let town = Town::new().await;
    let made = save(&town.bureau, form(&town.bureau, town.party)).await;
    assert_eq!(made["status"], "DRAFT", "{made}");
    assert_eq!(
        (&made["title"], &made["headcount"], &made["source"]),
        (&json!("招装卸搬运工10人"), &json!(10), &json!("COUNTER"))
    );
    let input = with(form(&town.bureau, town.party), "title", json!("夜班搬运"));
    let amended = amend(&town.bureau, &made, input.clone()).await;
    assert_eq!((&amended["title"], &amended["version"]), (&json!("夜班搬运"), &json!(2)), "{amended}");
    let stale = amend(&town.bureau, &made, input).await;
    assert_eq!((&stale["code"], &stale["current"]["version"]), (&json!("CONFLICT"), &json!(2)), "{stale}");
    let id = posting::Entity::find().all(&town.bureau.scope()).await.unwrap();
    assert_eq!((id.len(), id[0].version), (1, 2));
}

#[tokio::test]
async fn all_that_is_wrong_with_a_form_is_told_at_once_and_nothing_is_kept() {
    let town = Town::new().await;
    let input = json!({
        "partyId": town.bureau.gid("HiringParty", town.party).to_string(),
        "trade": "宇航员", "duties": "搬", "place": "", "wageFen": 1, "wageUnit": "DAY",
        "shifts": [{ "startsAt": testing::at(&town.bureau, -1, 6), "endsAt": testing::at(&town.bureau, -1, 14), "headcount": 0 }],
    });
    let refused = save(&town.bureau, input).await;
    assert_eq!(refused["code"], "FLAWED", "{refused}");
    let codes: Vec<&str> = refused["flaws"].as_array().unwrap().iter().map(|f| f["code"].as_str().unwrap()).collect();
    assert_eq!(codes, ["TRADE_UNKNOWN", "DUTIES_MISSING", "PLACE_MISSING", "WAGE", "SHIFT_PAST", "HEADCOUNT"]);
    assert_eq!(crate::count(&town.bureau).await.unwrap(), 0);
}

#[tokio::test]
async fn a_party_that_one_does_not_act_for_is_not_there() {
    let town = Town::new().await;
    let other = town.party(NewParty::verified("别家公司")).await;
    let owner = town.member(town.party).await;
    assert_eq!(save(&owner, form(&owner, other)).await["error"], "NOT_FOUND");
    let own = save(&owner, with(form(&owner, town.party), "source", json!("EMPLOYER_VISIT"))).await;
    assert_eq!((&own["status"], &own["source"]), (&json!("DRAFT"), &json!("ONLINE")), "{own}");
    let stranger = town.member(other).await;
    assert_eq!(amend(&stranger, &own, form(&stranger, other)).await["error"], "NOT_FOUND");
    let nobody = town.by(Actor::Anonymous).await;
    assert_eq!(save(&nobody, form(&nobody, town.party)).await["error"], "UNAUTHENTICATED");
    assert_eq!(crate::count(&town.bureau).await.unwrap(), 1);
}

#[tokio::test]
async fn a_posting_keeps_its_party_and_stays_as_it_is_once_it_ended() {
    let town = Town::new().await;
    let id = town.published().await;
    let other = town.party(NewParty::verified("别家公司")).await;
    let now = stands(&town.bureau, id).await;
    assert_eq!(amend(&town.bureau, &now, form(&town.bureau, other)).await["code"], "PARTY_FIXED");
    let closed = step(&town.bureau, "closePosting", &now, &[]).await;
    assert_eq!(closed["status"], "CLOSED", "{closed}");
    assert_eq!(amend(&town.bureau, &closed, form(&town.bureau, town.party)).await["code"], "OVER");
}

#[tokio::test]
async fn a_market_outside_the_directory_or_of_others_takes_no_posting() {
    let town = Town::new().await;
    let draft = markets::register_market(&town.bureau, markets::testing::market("未列入的市场"), None).await.unwrap();
    let at = |market: Uuid| json!(town.bureau.gid("Market", market).to_string());
    let refused = save(&town.bureau, with(form(&town.bureau, town.party), "marketId", at(draft.id))).await;
    assert_eq!(refused["flaws"][0]["code"], "MARKET_NOT_LISTED", "{refused}");
    let public = testing::market(&town.bureau, "坞城零工市场").await.unwrap();
    let agency = testing::agency(&town.bureau, "晋才人力").await.unwrap();
    let lead = town.party(NewParty::lead("客户公司", agency)).await;
    let refused = save(&town.bureau, with(form(&town.bureau, lead), "marketId", at(public))).await;
    assert_eq!(refused["flaws"][0]["code"], "MARKET_OF_OTHERS", "{refused}");
    let taken = save(&town.bureau, with(form(&town.bureau, town.party), "marketId", at(public))).await;
    assert_eq!(taken["status"], "DRAFT", "{taken}");
}

#[tokio::test]
async fn what_was_agreed_with_somebody_stays_and_more_places_may_come() {
    let town = Town::new().await;
    let id = town.published().await;
    let worker = testing::worker(&town.bureau, "张*").await.unwrap();
    testing::engaged(&town.bureau, id, worker, crate::kinds::EngagementStatus::Confirmed).await.unwrap();
    let now = stands(&town.bureau, id).await;
    let as_it_was = form(&town.bureau, town.party);
    let shift = |hour: i64, headcount: i32| {
        json!([{ "startsAt": testing::at(&town.bureau, 1, hour), "endsAt": testing::at(&town.bureau, 1, 15),
                 "headcount": headcount, "breakMinutes": 60 }])
    };
    let cheaper = with(with(as_it_was.clone(), "shifts", shift(6, 10)), "wageFen", json!(15_000));
    assert_eq!(amend(&town.bureau, &now, cheaper).await["code"], "TERMS_FIXED");
    let mut longer_break = shift(6, 10);
    longer_break[0]["breakMinutes"] = json!(240);
    assert_eq!(
        amend(&town.bureau, &now, with(as_it_was.clone(), "shifts", longer_break)).await["code"],
        "TERMS_FIXED",
        "three hours less are another wage"
    );
    let later = with(as_it_was.clone(), "shifts", shift(7, 10));
    assert_eq!(amend(&town.bureau, &now, later).await["code"], "SHIFT_IN_USE");
    let none = with(as_it_was.clone(), "shifts", shift(6, 1));
    assert_eq!(amend(&town.bureau, &now, none).await["status"], "FILLED", "one place, and it is taken");
    let now = stands(&town.bureau, id).await;
    let more = amend(&town.bureau, &now, with(as_it_was, "shifts", shift(6, 12))).await;
    assert_eq!((&more["status"], &more["placesLeft"]), (&json!("PUBLISHED"), &json!(11)), "{more}");
    assert_eq!(town.row(id).await.wage_fen, 20_000);
}

#[tokio::test]
async fn what_is_seen_of_a_slow_party_is_looked_at_again_before_it_is_seen_otherwise() {
    let town = Town::new().await;
    let slow = town.party(NewParty::verified("普通公司")).await;
    let owner = town.member(slow).await;
    let id = testing::posted(&owner, testing::form(&owner, slow)).await.unwrap();
    assert_eq!(stands(&owner, id).await["status"], "IN_REVIEW");
    let passed = step(
        &town.bureau,
        "reviewPosting",
        &stands(&town.bureau, id).await,
        &[("decision", "ReviewDecision!", json!("PUBLISH"))],
    )
    .await;
    assert_eq!(passed["status"], "PUBLISHED", "{passed}");
    let input = with(form(&owner, slow), "duties", json!("搬运家具，上三楼"));
    let amended = amend(&owner, &stands(&owner, id).await, input).await;
    assert_eq!((&amended["status"], &amended["placesLeft"]), (&json!("IN_REVIEW"), &json!(0)), "{amended}");
    assert_eq!(town.announced(id).await, ["posting.published", "posting.withdrawn"]);
}

#[tokio::test]
async fn a_form_is_looked_over_while_it_is_filled_in() {
    let town = Town::new().await;
    let owner = town.member(town.party).await;
    let check = async |input: Value| {
        let question = "query($input: PostingInput!) { lintPosting(input: $input) { good flaws { code field } \
                        findings { rule field start end severity law why instead } } }";
        let request = Request::new(question).variables(Variables::from_json(json!({ "input": input })));
        let answer = schema().execute(request.data(owner.clone())).await;
        assert!(answer.errors.is_empty(), "{:?}", answer.errors);
        answer.data.into_json().unwrap()["lintPosting"].clone()
    };
    let good = check(form(&owner, town.party)).await;
    assert_eq!((&good["good"], &good["flaws"]), (&json!(true), &json!([])), "{good}");
    let severities: Vec<&Value> = good["findings"].as_array().unwrap().iter().map(|f| &f["severity"]).collect();
    assert!(!severities.contains(&&json!("BLOCKS")), "{good}");
    let bad = check(with(form(&owner, town.party), "conditions", json!("只要男的，先交300元押金"))).await;
    assert_eq!(bad["good"], false);
    let rules: Vec<&str> = bad["findings"].as_array().unwrap().iter().map(|f| f["rule"].as_str().unwrap()).collect();
    assert!(rules.contains(&"SEX_LIMIT") && rules.contains(&"DEPOSIT"), "{bad}");
    let flawed = check(with(form(&owner, town.party), "trade", json!("水电工"))).await;
    assert_eq!(flawed["flaws"], json!([{ "code": "TRADE_AMBIGUOUS", "field": "trade" }]));
}

#[tokio::test]
async fn whoever_applied_is_told_by_text_message_when_what_it_read_changes_and_not_for_anything_else() {
    let town = Town::new().await;
    let id = town.published().await;
    let worker = testing::worker(&town.bureau, "张*").await.unwrap();
    telephone(&town, worker, "+8613800000301").await;
    testing::engaged(&town.bureau, id, worker, crate::kinds::EngagementStatus::Applied).await.unwrap();
    let save = async |input: Value| {
        let done = amend(&town.bureau, &stands(&town.bureau, id).await, input).await;
        assert_eq!(done["status"], "PUBLISHED", "{done}");
        town.work().await;
        sent(&town, "hire.changed").await
    };
    let shift = json!([{ "startsAt": testing::at(&town.bureau, 1, 6), "endsAt": testing::at(&town.bureau, 1, 15),
                         "headcount": 10, "breakMinutes": 60 }]);
    let form = with(form(&town.bureau, town.party), "shifts", shift);
    assert_eq!(save(with(form.clone(), "priority", json!(true))).await, Vec::<String>::new(), "nothing that it read");
    let dearer = with(form.clone(), "wageFen", json!(25_000));
    let told = save(dearer.clone()).await;
    assert_eq!(told.len(), 1);
    assert!(told[0].contains("有修改") && told[0].contains("250元/天") && told[0].contains("可以取消"), "{told:?}");
    town.clock.advance(chrono::Duration::minutes(1));
    assert_eq!(save(with(dearer, "duties", json!("搬运家具，上三楼"))).await.len(), 2, "each change is told");
}
