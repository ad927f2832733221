//! Files: in over a signed address, counted and recognised; out over another.

use entities::{audit_entry, blob, blob_chunk};
use futures_util::{StreamExt as _, TryStreamExt as _, stream};
use kernel::blob::{
    ANNEX2, CHECK_PHOTO, CompleteUpload, CreateUpload, EXPORT, ReceiveUpload, complete, create_upload, download_url,
    open_download, read, receive, store,
};
use kernel::{Ctx, Fault, Never, Once, Stop};
use sea_orm::EntityTrait as _;
use uuid::Uuid;

use crate::on_both;
use crate::support::{CITY, House, OTHER, WRITE, officer, rows};

on_both! {
    a_file_comes_in_and_goes_out_as_it_was,
    a_file_of_fifty_megabytes_is_refused_before_it_is_sent,
    more_or_fewer_bytes_than_announced_are_refused,
    an_address_that_is_wrong_foreign_or_old_is_refused,
    a_second_attempt_takes_over_from_the_first,
    a_photo_is_not_taken_over_where_it_is_none_and_a_form_always_is,
    another_persons_upload_is_not_there,
    an_expired_file_is_gone,
    content_lies_sealed_in_the_store,
    a_file_announced_twice_with_one_key_is_one_upload_at_one_address,
}

fn sheet(size: usize) -> Vec<u8> {
    let mut bytes = b"PK\x03\x04".to_vec();
    bytes.resize(30, 0);
    bytes.extend_from_slice(b"[Content_Types].xml");
    bytes.extend((0..size).map(|n| u8::try_from(n % 251).unwrap()));
    bytes
}

fn token(url: &str) -> &str {
    url.rsplit('/').next().unwrap()
}

fn body(bytes: &[u8], piece: usize) -> impl futures_util::Stream<Item = Result<Vec<u8>, Never>> + Send + use<> {
    stream::iter(bytes.chunks(piece).map(|c| Ok(c.to_vec())).collect::<Vec<_>>())
}

async fn announce(ctx: &Ctx, bytes: &[u8]) -> kernel::blob::Ticket {
    create_upload(ctx, &ANNEX2, "名录.xlsx", i64::try_from(bytes.len()).unwrap(), None).await.unwrap()
}

fn refusal<T: std::fmt::Debug, R: std::fmt::Debug>(result: Result<T, Stop<R>>) -> R {
    match result {
        Err(Stop::Refused(refusal)) => refusal,
        other => panic!("not refused: {other:?}"),
    }
}

async fn a_file_comes_in_and_goes_out_as_it_was(house: House) {
    let ctx = officer(&house, 1).await;
    // Not a whole number of chunks, in pieces that do not fit them.
    let bytes = sheet(600_000);
    let ticket = announce(&ctx, &bytes).await;
    assert!(ticket.url.starts_with("/taiyuan/uploads/"));
    assert_eq!(refusal(complete(&ctx, ticket.id, None).await), CompleteUpload::NotReceived);
    let got = receive(&ctx, token(&ticket.url), body(&bytes, 70_001)).await.unwrap();
    assert_eq!((got.id, got.size), (ticket.id, i64::try_from(bytes.len()).unwrap()));
    assert!(got.media_type.ends_with("spreadsheetml.sheet"));
    assert!(matches!(read(&ctx, ticket.id).await, Err(Fault::NotFound)), "not before it was taken over");
    let row = complete(&ctx, ticket.id, None).await.unwrap();
    assert_eq!(row.file_name, "名录.xlsx");
    complete(&ctx, ticket.id, None).await.unwrap();
    assert_eq!(rows::<blob_chunk::Entity>(&ctx).await, 3);
    assert!(read(&ctx, ticket.id).await.unwrap() == bytes);
    let url = download_url(&ctx, ticket.id).await.unwrap();
    assert!(url.starts_with("/taiyuan/files/"));
    let download = open_download(&ctx, token(&url)).await.unwrap();
    assert_eq!((download.file_name.as_str(), download.size), ("名录.xlsx", got.size));
    let out: Vec<Vec<u8>> = download.chunks().try_collect().await.unwrap();
    assert!(out.concat() == bytes);
    house.close().await;
}

async fn a_file_of_fifty_megabytes_is_refused_before_it_is_sent(house: House) {
    let ctx = officer(&house, 1).await;
    let refused = create_upload(&ctx, &ANNEX2, "名录.xlsx", 50 << 20, None).await;
    assert_eq!(refusal(refused), CreateUpload::TooLarge { limit_mib: 20 });
    assert_eq!(rows::<blob::Entity>(&ctx).await, 0);
    let entry = audit_entry::Entity::find().one(&ctx.scope()).await.unwrap().unwrap();
    assert_eq!((entry.operation.as_str(), entry.result.as_str()), ("file.upload", "REFUSED"));
    // Whoever lies about the size is stopped when the first byte too many comes.
    let ticket = create_upload(&ctx, &ANNEX2, "名录.xlsx", 20 << 20, None).await.unwrap();
    let endless = stream::repeat_with(|| Ok::<_, Never>(vec![b'x'; 1 << 20])).take(50);
    let refused = receive(&ctx, token(&ticket.url), endless).await;
    assert_eq!(refusal(refused), ReceiveUpload::TooLarge);
    house.close().await;
}

async fn more_or_fewer_bytes_than_announced_are_refused(house: House) {
    let ctx = officer(&house, 1).await;
    let bytes = sheet(1000);
    let ticket = announce(&ctx, &bytes).await;
    let url = token(&ticket.url);
    let mut more = bytes.clone();
    more.push(0);
    assert_eq!(refusal(receive(&ctx, url, body(&more, 100)).await), ReceiveUpload::TooLarge);
    assert_eq!(refusal(receive(&ctx, url, body(&bytes[..900], 100)).await), ReceiveUpload::Incomplete);
    let broken = stream::iter([Ok(bytes.clone()), Err("the line was cut")]);
    assert_eq!(refusal(receive(&ctx, url, broken).await), ReceiveUpload::Incomplete);
    assert_eq!(refusal(complete(&ctx, ticket.id, None).await), CompleteUpload::NotReceived);
    // The same address takes a new attempt.
    receive(&ctx, url, body(&bytes, 100)).await.unwrap();
    complete(&ctx, ticket.id, None).await.unwrap();
    house.close().await;
}

async fn an_address_that_is_wrong_foreign_or_old_is_refused(house: House) {
    house.city(OTHER, "datong").await;
    let ctx = officer(&house, 1).await;
    let bytes = sheet(10);
    let ticket = announce(&ctx, &bytes).await;
    let url = token(&ticket.url);
    assert_eq!(refusal(receive(&ctx, "abc", body(&bytes, 100)).await), ReceiveUpload::BadAddress);
    let other = house.ctx_in(OTHER).await;
    assert_eq!(refusal(receive(&other, url, body(&bytes, 100)).await), ReceiveUpload::BadAddress);
    assert!(matches!(open_download(&ctx, url).await, Err(Fault::NotFound)), "an address to send is none to fetch");
    house.clock.advance(chrono::Duration::minutes(16));
    assert_eq!(refusal(receive(&ctx, url, body(&bytes, 100)).await), ReceiveUpload::Expired);
    assert_eq!(rows::<blob_chunk::Entity>(&ctx).await, 0);
    house.close().await;
}

async fn a_second_attempt_takes_over_from_the_first(house: House) {
    let ctx = officer(&house, 1).await;
    let bytes = sheet(900_000);
    let ticket = announce(&ctx, &bytes).await;
    let url = token(&ticket.url);
    // The first stands still in the middle; the second comes in whole; then the first goes on.
    let (go, wait) = tokio::sync::oneshot::channel::<()>();
    let (head, tail) = bytes.split_at(500_000);
    let slow = stream::once({
        let head = head.to_vec();
        async move { Ok::<_, Never>(head) }
    })
    .chain(stream::once({
        let tail = tail.to_vec();
        async move {
            wait.await.unwrap();
            Ok(tail)
        }
    }));
    let (first, second) = tokio::join!(receive(&ctx, url, slow), async {
        while rows::<blob_chunk::Entity>(&ctx).await == 0 {
            tokio::task::yield_now().await;
        }
        let second = receive(&ctx, url, body(&bytes, 100_000)).await;
        go.send(()).unwrap();
        second
    });
    assert_eq!(refusal(first), ReceiveUpload::Superseded);
    second.unwrap();
    complete(&ctx, ticket.id, None).await.unwrap();
    assert!(read(&ctx, ticket.id).await.unwrap() == bytes);
    assert_eq!(refusal(receive(&ctx, url, body(&bytes, 100_000)).await), ReceiveUpload::Superseded);
    assert!(read(&ctx, ticket.id).await.unwrap() == bytes);
    house.close().await;
}

async fn a_photo_is_not_taken_over_where_it_is_none_and_a_form_always_is(house: House) {
    let ctx = officer(&house, 1).await;
    let bytes = b"%PDF-1.7 this is neither".to_vec();
    let size = i64::try_from(bytes.len()).unwrap();
    for (purpose, taken) in [(&CHECK_PHOTO, false), (&ANNEX2, true)] {
        let ticket = create_upload(&ctx, purpose, "照片.png", size, None).await.unwrap();
        let got = receive(&ctx, token(&ticket.url), body(&bytes, 100)).await.unwrap();
        assert_eq!(got.media_type, "application/pdf");
        let done = complete(&ctx, ticket.id, None).await;
        if taken {
            // Its reader says what is wrong with it, and keeps it with the report.
            assert_eq!(done.unwrap().media_type, "application/pdf");
        } else {
            assert!(matches!(refusal(done), CompleteUpload::WrongKind { .. }));
        }
    }
    house.close().await;
}

async fn another_persons_upload_is_not_there(house: House) {
    let (mine, theirs) = (officer(&house, 1).await, officer(&house, 2).await);
    let bytes = sheet(10);
    let ticket = announce(&mine, &bytes).await;
    receive(&mine, token(&ticket.url), body(&bytes, 100)).await.unwrap();
    assert!(matches!(complete(&theirs, ticket.id, None).await, Err(Stop::Fault(Fault::NotFound))));
    complete(&mine, ticket.id, None).await.unwrap();
    house.close().await;
}

async fn put(ctx: &Ctx, bytes: Vec<u8>, minutes: i64) -> Uuid {
    let until = ctx.now() + chrono::Duration::minutes(minutes);
    let stored: Result<Uuid, Stop<Never>> =
        ctx.transact(&WRITE, |tx| async move {
            Ok(store(&tx, &EXPORT, "导出.csv", "text/csv", &bytes, Some(until)).await?)
        })
        .await;
    stored.unwrap()
}

async fn an_expired_file_is_gone(house: House) {
    let ctx = house.ctx().await;
    let id = put(&ctx, b"a,b\n".to_vec(), 5).await;
    let url = download_url(&ctx, id).await.unwrap();
    assert_eq!(read(&ctx, id).await.unwrap(), b"a,b\n");
    house.clock.advance(chrono::Duration::minutes(5));
    assert!(matches!(read(&ctx, id).await, Err(Fault::NotFound)));
    assert!(matches!(open_download(&ctx, token(&url)).await, Err(Fault::NotFound)));
    // Its content is thrown away with the city's next turn.
    house.worker().drain(CITY).await.unwrap();
    house.clock.advance(chrono::Duration::hours(7));
    house.worker().drain(CITY).await.unwrap();
    assert_eq!(rows::<blob_chunk::Entity>(&ctx).await, 0);
    house.close().await;
}

async fn content_lies_sealed_in_the_store(house: House) {
    let ctx = house.ctx().await;
    put(&ctx, "13800001234".repeat(10).into_bytes(), 5).await;
    let chunk = blob_chunk::Entity::find().one(&ctx.scope()).await.unwrap().unwrap();
    assert!(!chunk.bytes.windows(11).any(|w| w == b"13800001234"));
    house.close().await;
}

async fn a_file_announced_twice_with_one_key_is_one_upload_at_one_address(house: House) {
    let ctx = officer(&house, 1).await;
    let announce = async |key: &str, size: i64| {
        let once = Once::from(Some(key.to_owned()), &size);
        create_upload(&ctx, &ANNEX2, "名录.xlsx", size, once).await
    };
    let first = announce("u-1", 100).await.unwrap();
    house.clock.advance(chrono::Duration::minutes(1));
    let again = announce("u-1", 100).await.unwrap();
    assert_eq!((again.id, &again.url, again.expires_at), (first.id, &first.url, first.expires_at));
    assert_eq!(rows::<blob::Entity>(&ctx).await, 1);
    assert!(matches!(announce("u-1", 200).await, Err(Stop::Fault(Fault::IdempotencyKeyReused))));
    assert_ne!(announce("u-2", 100).await.unwrap().id, first.id);
    house.close().await;
}
