//! What every posting has to say (招聘信息法定内容), on each channel that has room for it and at the province.

use sea_orm::ActiveValue::Set;
use serde_json::Value;

use super::*;
use crate::channels::operations::print_list::document;
use crate::channels::store::notices;

impl House {
    /// A posting that asks for a certificate and for strength, on its way to the channels.
    async fn demanding(&self) -> Uuid {
        let id = self.post().await;
        let change = posting::ActiveModel {
            conditions: Set(Some("能搬30公斤".to_owned())),
            needs_certificate: Set(true),
            valid_until: Set("2026-11-28".parse().unwrap()),
            ..Default::default()
        };
        self.set(id, change).await;
        plan_deliveries(&self.house().await, id).await.unwrap();
        self.settle().await;
        id
    }

    /// The text that is sent out by hand.
    async fn wechat(&self) -> String {
        let channel = self.channel(ChannelKind::Wechat).await;
        queries::lines(&self.bureau().await, channel.id, 10).await.unwrap().remove(0).1
    }
}

#[tokio::test]
async fn what_is_asked_of_a_worker_and_until_when_it_holds_is_said_in_texts_files_and_lists() {
    let dir = tempfile::tempdir().unwrap();
    let house = House::build(dir.path()).await;
    let id = house.demanding().await;
    let text = house.wechat().await;
    for said in ["招聘条件：须持特种作业操作证；能搬30公斤", "有效期至：2026年11月28日", "意外保障：商业意外险"]
    {
        assert!(text.lines().any(|line| line == said), "{said}: {text}");
    }
    for file in [house.feed().await, house.file()] {
        let items: Vec<Value> = serde_json::from_str(&file).unwrap();
        let item = &items[0];
        assert_eq!(item["conditions"], "能搬30公斤");
        assert_eq!(item["needsCertificate"], true);
        assert_eq!(item["validFrom"], "2026-11-26");
        assert_eq!(item["validUntil"], "2026-11-28");
        assert_eq!(item["cover"], "COMMERCIAL");
    }
    let (bureau, list) = (house.bureau().await, house.channel(ChannelKind::Printed).await);
    let shown: Vec<_> = notices(&bureau, &bureau.scope(), &[id]).await.unwrap().into_values().collect();
    let sheet = document(&bureau, &list, &shown).await.unwrap();
    let cell = |title: &str| {
        let at = sheet.columns.iter().position(|column| column.title == title).unwrap();
        sheet.rows[0][at].clone()
    };
    assert_eq!(cell("招聘条件"), "须持特种作业操作证；能搬30公斤");
    assert_eq!(cell("有效期至"), "2026年11月28日");
    let there = province_posting::Entity::find().one(&house.province().await.scope()).await.unwrap().unwrap();
    assert_eq!((there.conditions.as_deref(), there.needs_certificate), (Some("能搬30公斤"), true));
}

#[tokio::test]
async fn nothing_of_what_is_asked_stands_on_a_tombstone() {
    let dir = tempfile::tempdir().unwrap();
    let house = House::build(dir.path()).await;
    let id = house.demanding().await;
    house.change(id, PostingStatus::Withdrawn).await;
    house.settle().await;
    let there = province_posting::Entity::find().one(&house.province().await.scope()).await.unwrap().unwrap();
    assert_eq!((there.gone, there.conditions), (true, None));
}

#[tokio::test]
async fn a_text_of_the_citys_own_leaves_out_nothing_that_the_law_wants_said() {
    let dir = tempfile::tempdir().unwrap();
    let house = House::build(dir.path()).await;
    house.publish().await;
    let wechat = house.channel(ChannelKind::Wechat).await;
    let own = Some("急招{title}，{wage}，有效期至{validUntil}".to_owned());
    save_channel(&house.bureau().await, (wechat.id, 1), own, true, None).await.unwrap();
    house.settle().await;
    let text = house.wechat().await;
    let lines: Vec<&str> = text.lines().collect();
    assert!(lines[0].starts_with("急招装卸搬运工1人，160元/天，有效期至2026年"), "{text}");
    let added = [
        "工作内容：装卸搬运工，现场有人带班",
        "人数：1",
        "招聘条件：无特别要求",
        "地点：建设路1号",
        "用工主体：样本用工单位00000",
    ];
    assert_eq!(lines[1..], added);
}
