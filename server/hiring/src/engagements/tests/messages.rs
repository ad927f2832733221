//! Messages between the two sides: passed on, without a way to reach anybody before the confirmation.

use super::*;

async fn say(ctx: &Ctx, of: &Value, text: &str) -> Value {
    send(ctx, "sendMessage", &format!("id: {}, text: {}", of["id"], json!(text))).await
}

async fn heard(ctx: &Ctx, of: &Value) -> Value {
    let question = format!("{{ messages(engagementId: {}) {{ edges {{ node {{ side text readAt }} }} }} }}", of["id"]);
    ask(ctx, &question).await["messages"]["edges"].clone()
}

#[tokio::test]
async fn the_first_word_of_the_hiring_party_is_the_contact_and_both_read_what_was_said() {
    let town = Town::new().await;
    let wall = town.post(town.wall(false, 5)).await;
    let zhang = town.worker("张三", 1).await;
    let applied = town.apply(zhang, wall.shifts[0]).await;
    let (me, builder) = (town.citizen(zhang).await, town.builder().await);
    assert_eq!(say(&me, &applied, "管饭吗？").await["status"], "APPLIED");
    town.later(Duration::minutes(2));
    let answered = say(&builder, &applied, "管一顿午饭，早上六点到").await;
    assert_eq!(answered["status"], "CONTACTED", "{answered}");
    assert_eq!(town.engagement(&applied, "contactedAt").await["contactedAt"], "2026-11-23T10:02:00+08:00");
    let read = send(&me, "readMessages", &format!("id: {}", applied["id"])).await;
    assert_eq!(read["status"], "CONTACTED", "{read}");
    assert_eq!(
        heard(&builder, &applied).await,
        json!([
            { "node": { "side": "WORKER", "text": "管饭吗？", "readAt": null } },
            { "node": { "side": "PARTY", "text": "管一顿午饭，早上六点到", "readAt": "2026-11-23T10:02:00+08:00" } },
        ])
    );
    assert_eq!(heard(&me, &applied).await, heard(&builder, &applied).await);
}

#[tokio::test]
async fn a_number_a_name_at_a_messenger_and_an_address_are_held_back_until_the_confirmation() {
    let town = Town::new().await;
    let wall = town.post(town.wall(false, 5)).await;
    let zhang = town.worker("张三", 1).await;
    let applied = town.apply(zhang, wall.shifts[0]).await;
    let (me, builder) = (town.citizen(zhang).await, town.builder().await);
    for (text, code) in [
        ("打我电话一三八零零零零零零零一", "CARRIES_PHONE"),
        ("加微信 jinjian_88", "CARRIES_MESSENGER"),
        ("看 www.example.org", "CARRIES_ADDRESS"),
        ("", "LENGTH"),
    ] {
        assert_eq!(say(&me, &applied, text).await["code"], code, "{text}");
        assert_eq!(say(&builder, &applied, text).await["code"], code, "{text}");
    }
    assert_eq!(heard(&me, &applied).await, json!([]));
    let now = town.now(&applied).await;
    let confirmed = send(&builder, "confirmEngagement", &seen(&now)).await;
    assert_eq!(confirmed["status"], "CONFIRMED", "{confirmed}");
    assert_eq!(say(&builder, &applied, "到了打13900000001").await["status"], "CONFIRMED");
}

#[tokio::test]
async fn messages_lie_sealed_and_strangers_do_not_read_them() {
    let town = Town::new().await;
    let wall = town.post(town.wall(false, 5)).await;
    let zhang = town.worker("张三", 1).await;
    let applied = town.apply(zhang, wall.shifts[0]).await;
    say(&town.citizen(zhang).await, &applied, "管饭吗？").await;
    let row = crate::rows::talk::Entity::find().one(&town.bureau().await.scope()).await.unwrap().unwrap();
    assert!(!String::from_utf8_lossy(&row.words).contains("管饭"));
    let question = format!("{{ messages(engagementId: {}) {{ edges {{ node {{ text }} }} }} }}", applied["id"]);
    let stranger = town.citizen(town.worker("李四", 2).await).await;
    assert_eq!(ask(&stranger, &question).await["messages"], Value::Null);
    assert_eq!(
        heard(&town.counter().await, &applied).await.as_array().map(Vec::len),
        Some(1),
        "the staff passes them on"
    );
    let declined = send(&town.builder().await, "declineEngagement", &seen(&applied)).await;
    assert_eq!(say(&town.citizen(zhang).await, &declined, "为什么？").await["code"], "OVER");
}

#[tokio::test]
async fn whoever_has_a_message_hears_of_the_first_that_is_unread_and_of_no_more() {
    let town = Town::new().await;
    let wall = town.post(town.wall(false, 5)).await;
    let zhang = town.worker("张三", 1).await;
    let applied = town.apply(zhang, wall.shifts[0]).await;
    let (me, builder) = (town.citizen(zhang).await, town.builder().await);
    for words in ["管饭吗？", "几点到？"] {
        say(&me, &applied, words).await;
        town.drain().await;
    }
    let told = town.texts("hire.answered").await;
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(!told[0].contains("管饭"), "what was written is read on the platform: {told:?}");
    assert_eq!(town.texts("hire.written").await, Vec::<String>::new());
    town.later(Duration::minutes(2));
    say(&builder, &applied, "管一顿午饭").await;
    send(&builder, "readMessages", &format!("id: {}", applied["id"])).await;
    say(&me, &applied, "好的").await;
    town.drain().await;
    assert_eq!((town.texts("hire.answered").await.len(), town.texts("hire.written").await.len()), (2, 1));
}

/// Somebody who is at work and disputes it.
async fn disputed(town: &Town) -> (Somebody, Value) {
    let wall = town.post(town.wall(true, 5)).await;
    let zhang = town.worker("张三", 1).await;
    let hired = town.hired(zhang, wall.shifts[0]).await;
    town.at("2026-11-23T21:00:00Z");
    let arrived = send(&town.counter().await, "recordArrival", &seen(&hired)).await;
    let words = format!("{}, words: \"现场和说的不一样\"", seen(&arrived));
    let disputed = send(&town.citizen(zhang).await, "disputeEngagement", &words).await;
    assert_eq!(disputed["status"], "ARRIVED", "{disputed}");
    (zhang, disputed)
}

#[tokio::test]
async fn the_staff_settles_a_dispute_with_what_it_found_and_both_sides_read_and_hear_of_it() {
    let town = Town::new().await;
    let (zhang, disputed) = disputed(&town).await;
    let (me, builder, counter) = (town.citizen(zhang).await, town.builder().await, town.counter().await);
    let settle = async |ctx: &Ctx, more: &str| send(ctx, "settleDispute", &format!("{}{more}", seen(&disputed))).await;
    let unsaid = settle(&counter, "").await;
    assert_eq!((&unsaid["code"], &unsaid["field"]), (&json!("OUTCOME_MISSING"), &json!("outcome")));
    let unsaid = settle(&counter, ", outcome: UPHELD, words: \" \"").await;
    assert_eq!((&unsaid["code"], &unsaid["field"]), (&json!("LENGTH"), &json!("words")));
    assert_eq!(settle(&builder, ", outcome: NOT_UPHELD, words: \"没有的事\"").await["code"], "NOT_YOURS");
    assert_eq!(town.engagement(&disputed, "disputedBy").await["disputedBy"], "WORKER");
    let settled = settle(&counter, ", outcome: UPHELD, words: \"到现场看过，改回说好的活\"").await;
    assert_eq!(settled["status"], "ARRIVED", "{settled}");
    assert_eq!(town.engagement(&disputed, "disputedBy").await["disputedBy"], Value::Null);
    let read = heard(&me, &disputed).await;
    let found = "异议处理意见（异议成立）：到现场看过，改回说好的活";
    assert_eq!(read, json!([{ "node": { "side": "STAFF", "text": found, "readAt": null } }]));
    assert_eq!(heard(&builder, &disputed).await, read);
    town.drain().await;
    for template in ["hire.settled", "hire.settled_party"] {
        let told = town.texts(template).await;
        assert_eq!(told.len(), 1, "{template}: {told:?}");
        assert!(told[0].contains("异议已处理") && !told[0].contains("现场"), "{told:?}");
    }
}

#[tokio::test]
async fn whoever_raised_a_dispute_takes_it_back_without_a_reason() {
    let town = Town::new().await;
    let (zhang, disputed) = disputed(&town).await;
    let me = town.citizen(zhang).await;
    let settled = send(&me, "settleDispute", &seen(&disputed)).await;
    assert_eq!(settled["status"], "ARRIVED", "{settled}");
    assert_eq!(town.engagement(&disputed, "disputedBy").await["disputedBy"], Value::Null);
    assert_eq!(heard(&me, &disputed).await, json!([]));
    town.drain().await;
    assert_eq!(town.texts("hire.settled").await.len(), 0);
}
