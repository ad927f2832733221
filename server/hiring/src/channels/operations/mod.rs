//! What is done with channels (操作).

pub mod add_channel;
pub mod close_hall_screen;
pub mod deliver;
pub mod forget_city;
pub mod keep_up;
pub mod open_hall_screen;
pub mod plan_deliveries;
pub mod print_list;
pub mod print_market_list;
pub mod receive_postings;
pub mod record_by_hand;
pub mod record_list_hung;
pub mod report_paces;
pub mod save_channel;
