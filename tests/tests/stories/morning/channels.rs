//! The scenes at the channels: a posting is withdrawn while one of them is down, and is gone from every one in the end.

use serde_json::{Value, json};

use super::cast::Cast;
use super::hall::Hall;
use super::scenes::{POSTED, Posted};

/// The texts that must be gone, wherever they are shown.
const GONE: &str = "中午卸货";
/// The same as a PDF has it: in UTF-16, by its digits.
const GONE_IN_PRINT: &str = "4E2D534853788D27";

async fn deliveries(hall: &Hall, token: &str, gone: &Posted) -> Vec<(Value, String)> {
    let query = format!(
        "{{ channels(first: 20) {{ edges {{ node {{ id kind }} }} }} channelDeliveries(first: 20, filter: {{postingId: {}}}) {{ edges {{ node {{ id version channelId status }} }} }} }}",
        gone.id
    );
    let seen = hall.see(token, &query).await;
    let nodes = |of: &str| seen[of]["edges"].as_array().expect("a list").iter().map(|e| e["node"].clone()).collect();
    let channels: Vec<Value> = nodes("channels");
    let all: Vec<Value> = nodes("channelDeliveries");
    let kind =
        |one: &Value| channels.iter().find(|c| c["id"] == one["channelId"]).expect("its channel")["kind"].clone();
    all.into_iter().map(|one| (one.clone(), kind(&one).as_str().unwrap_or_default().to_owned())).collect()
}

/// Serves by hand what is served by hand: the list on the wall, which is given back as it was printed, and the text in the group.
async fn by_hand(hall: &Hall, token: &str, gone: &Posted) -> String {
    let mut list = String::new();
    for (delivery, kind) in deliveries(hall, token, gone).await {
        match kind.as_str() {
            "PRINTED" => {
                let call = format!("id: {}", delivery["channelId"]);
                let file = hall.done(token, "printPostingList", &call, "ExportedFile { url }").await;
                let (status, pdf) = hall.town.fetch(file["url"].as_str().expect("an address")).await;
                assert!(status == 200 && pdf.starts_with(b"%PDF-"), "{file}");
                list = String::from_utf8_lossy(&pdf).into_owned();
            }
            "WECHAT" => {
                let call = format!("id: {}, version: {}, receipt: \"群公告\"", delivery["id"], delivery["version"]);
                hall.done(token, "recordChannelDelivery", &call, "ChannelDelivery { status }").await;
            }
            _ => {}
        }
    }
    list
}

async fn at_the_province(hall: &Hall) -> usize {
    let query = format!("{{ provincePostings(filter: {{search: \"{GONE}\"}}) {{ edges {{ node {{ title }} }} }} }}");
    let answer = hall.town.ask("platform", None, &query, json!({})).await;
    answer["data"]["provincePostings"]["edges"].as_array().map_or(usize::MAX, Vec::len)
}

async fn on_the_web(hall: &Hall, gone: &Posted) -> usize {
    let query = format!(
        "{{ publicPosting(id: {}) {{ title }} openPostings(first: 50) {{ edges {{ node {{ title }} }} }} }}",
        gone.id
    );
    let shown = hall.town.ask("taiyuan", None, &query, json!({})).await["data"].clone();
    let found = shown["openPostings"]["edges"].as_array().expect("what the search finds");
    assert!(!found.is_empty(), "the search works");
    let page = usize::from(shown["publicPosting"]["title"] == GONE);
    page + found.iter().filter(|edge| edge["node"]["title"] == GONE).count()
}

async fn lines(hall: &Hall, token: &str, gone: &Posted, wanted: &str) -> usize {
    let mut shown = 0;
    for (delivery, kind) in deliveries(hall, token, gone).await {
        if kind == wanted {
            let query = format!("{{ channelLines(id: {}, first: 50) {{ text }} }}", delivery["channelId"]);
            let lines = hall.see(token, &query).await["channelLines"].as_array().cloned().unwrap_or_default();
            shown += lines.iter().filter(|line| line["text"].as_str().unwrap_or_default().contains(GONE)).count();
        }
    }
    shown
}

/// Every channel, by what it is.
const EVERYWHERE: [&str; 7] = ["HALL_SCREEN", "WEB", "FEED", "PRINTED", "WECHAT", "PARTNER", "PROVINCE"];

/// Opens the link of the hall's screen; the path of it.
async fn screen(hall: &Hall, token: &str, gone: &Posted) -> String {
    let all = deliveries(hall, token, gone).await;
    let (shown, _) = all.iter().find(|(_, kind)| kind == "HALL_SCREEN").expect("a screen");
    let id = &shown["channelId"];
    let version =
        hall.see(token, &format!("{{ channel(id: {id}) {{ version }} }}")).await["channel"]["version"].clone();
    let call = format!("id: {id}, version: {version}");
    let link = hall.done(token, "openHallScreen", &call, "HallScreenLink { url }").await;
    let url = link["url"].as_str().expect("a link");
    url[url.find("/taiyuan/").expect("of the city")..].to_owned()
}

/// Whoever has the link reads on the screen what the bureau reads of it.
async fn on_the_screen(hall: &Hall, token: &str, gone: &Posted, link: &str) -> bool {
    let (status, page) = hall.town.fetch(link).await;
    assert_eq!(status, 200);
    let shown = String::from_utf8(page).expect("text").contains(GONE);
    assert_eq!(shown, lines(hall, token, gone, "HALL_SCREEN").await > 0);
    shown
}

/// On which channels the posting is read, each in what it gives out itself; of the list, as it was printed last.
async fn read_on(hall: &Hall, token: &str, gone: &Posted, (list, screen): (&str, &str)) -> Vec<&'static str> {
    let shown = [
        on_the_screen(hall, token, gone, screen).await,
        on_the_web(hall, gone).await > 0,
        hall.feed().await.contains(GONE),
        list.contains(GONE_IN_PRINT),
        lines(hall, token, gone, "WECHAT").await > 0,
        hall.partner_file().contains(GONE),
        at_the_province(hall).await > 0,
    ];
    EVERYWHERE.into_iter().zip(shown).filter(|(_, shown)| *shown).map(|(channel, _)| channel).collect()
}

pub(super) async fn a_posting_is_withdrawn_while_a_channel_is_down(hall: &Hall, cast: &Cast, gone: &Posted) {
    let bureau = hall.staff("bureau").await;
    let list = by_hand(hall, &bureau, gone).await;
    let screen = screen(hall, &bureau, gone).await;
    assert_eq!(read_on(hall, &bureau, gone, (&list, &screen)).await, EVERYWHERE, "it is shown before");
    assert_eq!(
        (at_the_province(hall).await, on_the_web(hall, gone).await),
        (1, 2),
        "by the search and on its own page"
    );
    hall.mount(false);
    let now = hall.see(&cast.hirer, &format!("{{ posting(id: {}) {{ version }} }}", gone.id)).await;
    let call = format!("id: {}, version: {}, reason: \"货车改到明天\"", gone.id, now["posting"]["version"]);
    let kept = hall.send(&cast.hirer, "withdrawPosting", &call, POSTED).await;
    assert_eq!(kept["code"], "CONFIRMED", "somebody has a place of it: {kept}");
    let taken_back = hall.done(&cast.hirer, "withdrawPosting", &format!("{call}, cancelConfirmed: true"), POSTED).await;
    assert_eq!(taken_back["status"], "WITHDRAWN");
    hall.town.work().await;
    let left = read_on(hall, &bureau, gone, (&list, &screen)).await;
    assert_eq!(
        left,
        ["PRINTED", "PARTNER"],
        "the share is gone and the wall nobody's yet: what lies and hangs there says so"
    );
    let waiting = deliveries(hall, &bureau, gone).await;
    let state = |kind: &str| waiting.iter().find(|(_, of)| of == kind).map(|(one, _)| one["status"].clone());
    assert_eq!(state("PARTNER"), Some(json!("WITHDRAWING")));
    assert_eq!(state("FEED"), Some(json!("WITHDRAWN")));
}

pub(super) async fn after_an_hour_it_is_gone_from_every_channel(hall: &Hall, gone: &Posted) {
    hall.town.go("2026-11-24 06:50");
    hall.town.work().await;
    assert!(hall.partner_file().contains(GONE));
    hall.mount(true);
    hall.town.go("2026-11-24 06:56");
    hall.town.work().await;
    let bureau = hall.staff("bureau").await;
    let list = by_hand(hall, &bureau, gone).await;
    let hung = hall.done(&bureau, "recordPostingListHung", "marketId: null", "HungPostingList { withdrawing }").await;
    assert_eq!(hung["withdrawing"], 0, "the old list is off the wall");
    let screen = screen(hall, &bureau, gone).await;
    assert_eq!(read_on(hall, &bureau, gone, (&list, &screen)).await, Vec::<&str>::new(), "it is read nowhere any more");
    assert!(hall.partner_file().contains("水果装卸"), "what is still published stays");
    let all = deliveries(hall, &bureau, gone).await;
    assert_eq!(all.len(), 7, "{all:?}");
    for (delivery, kind) in all {
        assert_eq!(delivery["status"], "WITHDRAWN", "{kind}");
    }
}
