'use strict';
// Draws splats, farthest first, each as a rectangle about its ellipse on the screen: the affine
// approximation of the projection (Zwicker and others, EWA splatting, 2002), 0.3 square pixels
// added, cut off where it is fainter than 1/255. Antialiased, a splat keeps as much light as it had
// before it grew: sqrt(|S| / |S + 0.3 I|) of its opacity (Yu and others, Mip-Splatting, 2024).
const SPLATS_IN_ROW = 512;
const LEAST_SHARE = '2.5e-5';

const VERTEX = `#version 300 es
precision highp float;
precision highp int;
precision highp usampler2D;
uniform usampler2D splats;
uniform usampler2D harmonics;
uniform mat3 axes;
uniform vec3 eye;
uniform vec2 size;
uniform float focal;
uniform float near;
uniform float reach;
uniform int degree;
uniform bool antialiased;
in uint splat;
out vec3 colour;
out vec2 offset;
flat out float opacity;

uint packedWords[12];

float harmonic(int k) {
  uint word = packedWords[k >> 2] >> uint((k & 3) * 8) & 255u;
  return (float(word) - 128.0) * reach / 127.0;
}

vec3 coefficient(int k) {
  return vec3(harmonic(3 * k), harmonic(3 * k + 1), harmonic(3 * k + 2));
}

vec3 directional(vec3 d) {
  int texels = (3 * ((degree + 1) * (degree + 1) - 1) + 15) / 16;
  int column = int(splat % ${SPLATS_IN_ROW}u) * texels;
  int row = int(splat / ${SPLATS_IN_ROW}u);
  for (int t = 0; t < texels; t++) {
    uvec4 four = texelFetch(harmonics, ivec2(column + t, row), 0);
    packedWords[4 * t] = four.x;
    packedWords[4 * t + 1] = four.y;
    packedWords[4 * t + 2] = four.z;
    packedWords[4 * t + 3] = four.w;
  }
  float x = d.x, y = d.y, z = d.z;
  vec3 sum = 0.4886025119029199
    * (-y * coefficient(0) + z * coefficient(1) - x * coefficient(2));
  if (degree > 1) {
    float xx = x * x, yy = y * y, zz = z * z;
    sum += 1.0925484305920792 * (x * y * coefficient(3) - y * z * coefficient(4)
        - x * z * coefficient(6) + 0.5 * (xx - yy) * coefficient(7))
      + 0.31539156525252005 * (2.0 * zz - xx - yy) * coefficient(5);
    if (degree > 2) {
      sum += -0.5900435899266435 * (y * (3.0 * xx - yy) * coefficient(8)
          + x * (xx - 3.0 * yy) * coefficient(14))
        + 2.890611442640554 * x * y * z * coefficient(9)
        - 0.4570457994644658 * (4.0 * zz - xx - yy) * (y * coefficient(10) + x * coefficient(12))
        + 0.3731763325901154 * z * (2.0 * zz - 3.0 * xx - 3.0 * yy) * coefficient(11)
        + 1.445305721320277 * z * (xx - yy) * coefficient(13);
    }
  }
  return sum;
}

mat3 rotation(vec4 q) {
  float w = q.x, x = q.y, y = q.z, z = q.w;
  return mat3(
    1.0 - 2.0 * (y * y + z * z), 2.0 * (x * y + w * z), 2.0 * (x * z - w * y),
    2.0 * (x * y - w * z), 1.0 - 2.0 * (x * x + z * z), 2.0 * (y * z + w * x),
    2.0 * (x * z + w * y), 2.0 * (y * z - w * x), 1.0 - 2.0 * (x * x + y * y));
}

void main() {
  gl_Position = vec4(0.0, 0.0, 2.0, 1.0);
  ivec2 at = ivec2(3 * int(splat % ${SPLATS_IN_ROW}u), int(splat / ${SPLATS_IN_ROW}u));
  uvec4 first = texelFetch(splats, at, 0);
  vec4 third = uintBitsToFloat(texelFetch(splats, at + ivec2(2, 0), 0));
  opacity = third.w;
  vec3 mean = uintBitsToFloat(first.xyz);
  vec3 p = axes * (mean - eye);
  if (p.z < near || opacity * 255.0 < 1.0) return;

  vec2 limit = 1.3 * 0.5 * size / focal;
  vec2 t = clamp(p.xy / p.z, -limit, limit);
  mat3 shape = axes * rotation(uintBitsToFloat(texelFetch(splats, at + ivec2(1, 0), 0)));
  vec3 u = vec3(0.0), v = vec3(0.0);
  for (int c = 0; c < 3; c++) {
    vec3 axis = shape[c] * third[c];
    u[c] = focal / p.z * (axis.x - t.x * axis.z);
    v[c] = focal / p.z * (axis.y - t.y * axis.z);
  }
  float sharpA = dot(u, u), b = dot(u, v), sharpC = dot(v, v);
  float a = sharpA + 0.3, c = sharpC + 0.3;
  if (antialiased) {
    float share = (sharpA * sharpC - b * b) / (a * c - b * b);
    opacity *= sqrt(max(share, ${LEAST_SHARE}));
    if (opacity * 255.0 < 1.0) return;
  }
  float middle = 0.5 * (a + c);
  float half_ = length(vec2(0.5 * (a - c), b));
  float major = middle + half_;
  float minor = max(middle - half_, 1e-6);
  vec2 axis = half_ > 1e-9 * middle && abs(b) > 1e-12
    ? normalize(vec2(b, major - a)) : (a >= c ? vec2(1.0, 0.0) : vec2(0.0, 1.0));

  float extent = sqrt(2.0 * log(255.0 * opacity));
  vec2 corner = vec2(gl_VertexID & 1, gl_VertexID >> 1) * 2.0 - 1.0;
  offset = corner * extent;
  vec2 pixel = focal * p.xy / p.z + offset.x * sqrt(major) * axis
    + offset.y * sqrt(minor) * vec2(-axis.y, axis.x);
  gl_Position = vec4(2.0 * pixel.x / size.x, -2.0 * pixel.y / size.y, 0.0, 1.0);

  uint bits = first.w;
  colour = vec3(uvec3(bits, bits >> 10, bits >> 20) & 1023u) / 1023.0 * 2.0 - 0.5;
  if (degree > 0) colour += directional(normalize(mean - eye));
  colour = max(colour, 0.0);
}`;

const FRAGMENT = `#version 300 es
precision highp float;
in vec3 colour;
in vec2 offset;
flat in float opacity;
out vec4 pixel;
void main() {
  float alpha = min(0.99, opacity * exp(-0.5 * dot(offset, offset)));
  if (alpha < 1.0 / 255.0) discard;
  pixel = vec4(colour * alpha, alpha);
}`;

class Drawing {
  constructor(canvas, scene, meta) {
    const gl = canvas.getContext('webgl2',
      { alpha: false, antialias: false, depth: false, preserveDrawingBuffer: true });
    if (!gl) throw new Error('this browser has no WebGL 2');
    this.gl = gl;
    this.canvas = canvas;
    this.near = meta.radius * 0.01;
    this.count = 0;
    this.program = this.link();
    gl.useProgram(this.program);
    const names = ['axes', 'eye', 'size', 'focal', 'near'];
    this.places = Object.fromEntries(names.map(n => [n, gl.getUniformLocation(this.program, n)]));
    this.texture(0, 'splats', scene.words, 3);
    gl.uniform1i(gl.getUniformLocation(this.program, 'degree'), meta.degree);
    gl.uniform1i(gl.getUniformLocation(this.program, 'antialiased'), meta.antialiased ? 1 : 0);
    gl.uniform1f(gl.getUniformLocation(this.program, 'reach'), meta.reach);
    this.texture(1, 'harmonics', this.padded(scene, meta.count),
      Math.ceil(scene.coefficients / 16));
    this.order = gl.createBuffer();
    gl.bindBuffer(gl.ARRAY_BUFFER, this.order);
    const splat = gl.getAttribLocation(this.program, 'splat');
    gl.enableVertexAttribArray(splat);
    gl.vertexAttribIPointer(splat, 1, gl.UNSIGNED_INT, 0, 0);
    gl.vertexAttribDivisor(splat, 1);
    gl.enable(gl.BLEND);
    gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA);
  }

  // each splat's coefficients in whole texels of 16 bytes
  padded(scene, n) {
    const texels = Math.ceil(scene.coefficients / 16);
    const bytes = new Uint8Array(16 * texels * n);
    for (let i = 0; i < n && texels > 0; i++) {
      const from = i * scene.coefficients;
      bytes.set(scene.harmonics.subarray(from, from + scene.coefficients), 16 * texels * i);
    }
    return new Uint32Array(bytes.buffer);
  }

  texture(unit, name, words, texels) {
    const gl = this.gl;
    gl.activeTexture(gl.TEXTURE0 + unit);
    gl.bindTexture(gl.TEXTURE_2D, gl.createTexture());
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MIN_FILTER, gl.NEAREST);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MAG_FILTER, gl.NEAREST);
    const width = Math.max(1, SPLATS_IN_ROW * texels);
    const height = Math.max(1, Math.ceil(words.length / (4 * width)));
    if (height > gl.getParameter(gl.MAX_TEXTURE_SIZE)) {
      throw new Error('too many splats for this graphics card');
    }
    const filled = new Uint32Array(4 * width * height);
    filled.set(words);
    gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA32UI, width, height, 0,
      gl.RGBA_INTEGER, gl.UNSIGNED_INT, filled);
    gl.uniform1i(gl.getUniformLocation(this.program, name), unit);
  }

  link() {
    const gl = this.gl;
    const program = gl.createProgram();
    for (const [kind, text] of [[gl.VERTEX_SHADER, VERTEX], [gl.FRAGMENT_SHADER, FRAGMENT]]) {
      const shader = gl.createShader(kind);
      gl.shaderSource(shader, text);
      gl.compileShader(shader);
      if (!gl.getShaderParameter(shader, gl.COMPILE_STATUS)) {
        throw new Error(gl.getShaderInfoLog(shader));
      }
      gl.attachShader(program, shader);
    }
    gl.linkProgram(program);
    if (!gl.getProgramParameter(program, gl.LINK_STATUS)) {
      throw new Error(gl.getProgramInfoLog(program));
    }
    return program;
  }

  sorted(order) {
    this.gl.bufferData(this.gl.ARRAY_BUFFER, order, this.gl.DYNAMIC_DRAW);
    this.count = order.length;
  }

  draw(camera, background) {
    const gl = this.gl;
    const { width, height } = this.canvas;
    gl.viewport(0, 0, width, height);
    gl.clearColor(background, background, background, 1);
    gl.clear(gl.COLOR_BUFFER_BIT);
    gl.uniformMatrix3fv(this.places.axes, true, camera.axes().flat());
    gl.uniform3fv(this.places.eye, camera.eye());
    gl.uniform2f(this.places.size, width, height);
    gl.uniform1f(this.places.focal, camera.focal(width));
    gl.uniform1f(this.places.near, this.near);
    gl.drawArraysInstanced(gl.TRIANGLE_STRIP, 0, 4, this.count);
  }
}
