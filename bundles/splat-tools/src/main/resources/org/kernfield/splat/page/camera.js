'use strict';
// A camera that turns about a point in front of it: axes x right, y down, z forward.
class Camera {
  constructor(meta) {
    this.start = meta;
    this.reset();
  }

  reset() {
    this.target = [...this.start.centre];
    this.distance = this.start.radius;
    this.azimuth = 2 * Math.PI * (this.start.view || 0) / 8;
    this.elevation = 20 * Math.PI / 180;
  }

  // rows right, down, forward
  axes() {
    const [ca, sa] = [Math.cos(this.azimuth), Math.sin(this.azimuth)];
    const [ce, se] = [Math.cos(this.elevation), Math.sin(this.elevation)];
    return [[ca, 0, sa], [se * sa, ce, -se * ca], [-ce * sa, se, ce * ca]];
  }

  eye() {
    const forward = this.axes()[2];
    return this.target.map((x, c) => x - this.distance * forward[c]);
  }

  orbit(dx, dy) {
    this.azimuth -= dx;
    this.elevation = Math.max(-1.57, Math.min(1.57, this.elevation + dy));
  }

  // turns on the spot
  look(dx, dy) {
    const eye = this.eye();
    this.orbit(-dx, dy);
    const forward = this.axes()[2];
    this.target = eye.map((x, c) => x + this.distance * forward[c]);
  }

  zoom(factor) {
    this.distance = Math.max(this.start.radius * 1e-3, this.distance * factor);
  }

  // by parts of the distance
  move(right, down, forward) {
    const axes = this.axes();
    for (let c = 0; c < 3; c++) {
      this.target[c] += this.distance
        * (right * axes[0][c] + down * axes[1][c] + forward * axes[2][c]);
    }
  }

  // focal length in pixels for 50° across
  focal(width) {
    return width / 2 / Math.tan(25 * Math.PI / 180);
  }
}
