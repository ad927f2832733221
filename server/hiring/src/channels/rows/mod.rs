//! What is stored of channels (表).

pub mod channel;
pub mod channel_delivery;
pub mod channel_output;
pub mod province_pace;
pub mod province_posting;
