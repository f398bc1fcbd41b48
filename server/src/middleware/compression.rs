//! Brotli or gzip for whatever is text, or wasm; archives are compressed already.

use tower_http::{
    CompressionLevel,
    compression::{
        CompressionLayer, Predicate,
        predicate::{And, NotForContentType, SizeAbove},
    },
};

type Worth = And<
    And<And<And<SizeAbove, NotForContentType>, NotForContentType>, NotForContentType>,
    NotForContentType,
>;

/// Compresses answers of more than a packet.
pub(super) fn layer() -> CompressionLayer<Worth> {
    let worth = SizeAbove::new(1_024)
        .and(NotForContentType::const_new("application/gzip"))
        .and(NotForContentType::const_new("application/zip"))
        .and(NotForContentType::const_new("image/png"))
        // A compressor would keep events until it has enough of them.
        .and(NotForContentType::SSE);
    CompressionLayer::new()
        .quality(CompressionLevel::Fastest)
        .compress_when(worth)
}
