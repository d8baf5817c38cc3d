//! What reading, showing and asking cost grows with the input and not with its square: bytes allocated, and
//! steps of the processor, at n, 2n and 4n.

#![allow(clippy::disallowed_methods)]

mod asking;
mod meter;
mod readers;
