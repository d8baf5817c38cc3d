//! Transforms of points, as content streams write them.

/// An affine transform with the six numbers of a PDF matrix: (x, y) becomes (ax + cy + e, bx + dy + f).
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Matrix {
    pub a: f64,
    pub b: f64,
    pub c: f64,
    pub d: f64,
    pub e: f64,
    pub f: f64,
}

impl Matrix {
    pub const IDENTITY: Matrix = Matrix::new([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]);

    pub const fn new([a, b, c, d, e, f]: [f64; 6]) -> Self {
        Self { a, b, c, d, e, f }
    }

    pub const fn translation(x: f64, y: f64) -> Self {
        Self::new([1.0, 0.0, 0.0, 1.0, x, y])
    }

    /// The transform that applies `self` first and `next` after it.
    pub fn then(&self, next: &Matrix) -> Matrix {
        Matrix {
            a: self.a * next.a + self.b * next.c,
            b: self.a * next.b + self.b * next.d,
            c: self.c * next.a + self.d * next.c,
            d: self.c * next.b + self.d * next.d,
            e: self.e * next.a + self.f * next.c + next.e,
            f: self.e * next.b + self.f * next.d + next.f,
        }
    }

    pub fn apply(&self, x: f64, y: f64) -> (f64, f64) {
        (self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f)
    }

    /// How long a vertical step of 1 becomes.
    pub fn vertical_scale(&self) -> f64 {
        self.c.hypot(self.d)
    }

    /// What becomes of an area of 1.
    pub fn scale_of_area(&self) -> f64 {
        (self.a * self.d - self.b * self.c).abs()
    }

    /// Whether every number is one that can be reckoned with.
    pub fn is_finite(&self) -> bool {
        [self.a, self.b, self.c, self.d, self.e, self.f]
            .iter()
            .all(|number| number.is_finite())
    }
}

/// A rectangle whose sides are parallel to the axes; y grows downwards.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Area {
    pub left: f64,
    pub top: f64,
    pub right: f64,
    pub bottom: f64,
}

impl Area {
    /// The smallest area that holds both.
    pub fn union(&self, other: &Area) -> Area {
        Area {
            left: self.left.min(other.left),
            top: self.top.min(other.top),
            right: self.right.max(other.right),
            bottom: self.bottom.max(other.bottom),
        }
    }

    pub fn width(&self) -> f64 {
        self.right - self.left
    }

    /// The height of the middle.
    pub fn middle(&self) -> f64 {
        (self.top + self.bottom) / 2.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn transforms_apply_in_the_order_they_are_written() {
        let scaled = Matrix::new([2.0, 0.0, 0.0, 2.0, 0.0, 0.0]);
        let moved = Matrix::translation(10.0, 1.0);

        assert_eq!(scaled.then(&moved).apply(3.0, 4.0), (16.0, 9.0));
        assert_eq!(moved.then(&scaled).apply(3.0, 4.0), (26.0, 10.0));
        assert_eq!(scaled.vertical_scale(), 2.0);
    }
}
