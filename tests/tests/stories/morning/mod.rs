//! A morning in a hall (一天的零工市场): from the opening of the doors to the money, with all that goes wrong in between.

mod cast;
mod channels;
mod hall;
mod scenes;

use super::town::Town;
use crate::postgres::Fresh;
use hall::Hall;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_morning_from_the_opening_of_the_doors_to_the_money_on_sqlite() {
    let share = tempfile::tempdir().expect("a folder");
    let town = Town::still(hall::settings(share.path()), None).await;
    a_morning(Hall::new(town, share).await).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_morning_from_the_opening_of_the_doors_to_the_money_on_postgresql() {
    let fresh = Fresh::new().await;
    let share = tempfile::tempdir().expect("a folder");
    let mut config = hall::settings(share.path());
    config.database.url.clone_from(&fresh.url);
    config.database.prefix.clone_from(&fresh.prefix);
    let town = Town::still(config, Some(&fresh.url)).await;
    a_morning(Hall::new(town, share).await).await;
}

async fn a_morning(hall: Hall) {
    let mut cast = cast::gather(&hall).await;
    scenes::the_doors_open(&hall).await;
    cast.come_in(&hall).await;
    scenes::an_agency_brings_its_file(&hall, &cast).await;
    hall.town.go("2026-11-24 04:40");
    let quick = scenes::places_are_taken_at_once(&hall, &cast).await;
    let ten = scenes::a_foreman_takes_ten_or_none(&hall, &cast, &quick).await;
    let gone = scenes::somebody_waits_and_has_other_work_meanwhile(&hall, &cast, &quick).await;
    hall.town.go("2026-11-24 05:20");
    scenes::a_late_cancellation_has_its_consequence(&hall, &ten).await;
    scenes::two_arrive_by_code_and_at_the_counter(&hall, &cast, &quick).await;
    hall.town.go("2026-11-24 05:50");
    scenes::one_does_not_come_and_nobody_on_the_list_can(&hall, &cast, &quick).await;
    channels::a_posting_is_withdrawn_while_a_channel_is_down(&hall, &cast, &gone).await;
    scenes::at_six_the_place_is_filled_from_the_list(&hall, &cast, &quick).await;
    channels::after_an_hour_it_is_gone_from_every_channel(&hall, &gone).await;
    hall.town.go("2026-11-24 14:35");
    scenes::the_work_is_done_and_paid(&hall, &cast, &quick).await;
    scenes::the_foreman_pays_his_nine(&hall, &ten).await;
    scenes::who_was_not_paid_is_warned_of(&hall, &cast, &quick).await;
}
