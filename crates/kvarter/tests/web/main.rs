//! The web, as people meet it: pages asked for and forms sent, through the whole router.

mod acts;
mod bad_input;
mod dispatch;
mod partnership;
mod people;
mod queries;
mod routes;
mod words;
