'use strict';
// Puts it together: unpack, sort whenever the direction changes, draw whenever anything does.
(async () => {
  const element = id => document.getElementById(id);
  const canvas = element('canvas');
  const meta = JSON.parse(element('meta').textContent);
  const camera = new Camera(meta);
  let background = meta.background;

  const scene = await unpack(element('data').textContent, meta);
  element('data').remove();
  const drawing = new Drawing(canvas, scene, meta);
  const sorter = new Worker(
    URL.createObjectURL(new Blob([element('sorter').textContent], { type: 'text/javascript' })));
  sorter.postMessage({ positions: scene.positions });

  let isSorting = false;
  let sortedFor = null;
  let isDirty = true;
  const keys = new Set();

  function sort() {
    const forward = camera.axes()[2];
    const isSame = sortedFor && forward.every((x, c) => Math.abs(x - sortedFor[c]) < 1e-3);
    if (!isSorting && !isSame) {
      isSorting = true;
      sortedFor = forward;
      sorter.postMessage({ forward });
    }
  }

  sorter.onmessage = ({ data }) => {
    drawing.sorted(data.order);
    isSorting = false;
    isDirty = true;
    element('note').textContent = '';
  };

  function resize() {
    const scale = window.devicePixelRatio || 1;
    const width = Math.max(1, Math.round(canvas.clientWidth * scale));
    const height = Math.max(1, Math.round(canvas.clientHeight * scale));
    if (canvas.width !== width || canvas.height !== height) {
      canvas.width = width;
      canvas.height = height;
      isDirty = true;
    }
  }

  let last = 0;
  function frame(now) {
    fly(Math.min(0.1, (now - last) / 1000));
    last = now;
    resize();
    sort();
    if (isDirty && drawing.count > 0) {
      drawing.draw(camera, background);
      isDirty = false;
      document.documentElement.dataset.drawn = 'yes';
    }
    requestAnimationFrame(frame);
  }

  function fly(seconds) {
    const pressed = (more, less) => (keys.has(more) ? 1 : 0) - (keys.has(less) ? 1 : 0);
    const step = seconds * (keys.has('shift') ? 3 : 1);
    const way = [pressed('d', 'a'), pressed('q', 'e'), pressed('w', 's')];
    const turn = [pressed('arrowright', 'arrowleft'), pressed('arrowdown', 'arrowup')];
    if (way.some(Boolean)) camera.move(...way.map(x => x * step * 0.6));
    if (turn.some(Boolean)) camera.look(-turn[0] * step, turn[1] * step);
    if (way.some(Boolean) || turn.some(Boolean)) isDirty = true;
  }

  const pointers = new Map();
  function gesture() {
    const all = [...pointers.values()];
    const x = all.reduce((sum, p) => sum + p.x, 0) / all.length;
    const y = all.reduce((sum, p) => sum + p.y, 0) / all.length;
    const spread = all.length > 1 ? Math.hypot(all[0].x - all[1].x, all[0].y - all[1].y) : 0;
    return { x, y, spread, fingers: all.length };
  }

  let before = null;
  canvas.addEventListener('pointerdown', event => {
    canvas.setPointerCapture(event.pointerId);
    canvas.focus();
    pointers.set(event.pointerId, event);
    before = gesture();
  });
  canvas.addEventListener('pointermove', event => {
    if (!pointers.has(event.pointerId)) return;
    pointers.set(event.pointerId, event);
    const now = gesture();
    const dx = now.x - before.x;
    const dy = now.y - before.y;
    const isPan = now.fingers > 1 || (event.buttons & 6) || event.shiftKey;
    if (isPan) {
      const part = 1 / camera.focal(canvas.clientWidth);
      camera.move(-dx * part, -dy * part, 0);
    } else {
      camera.orbit(dx * 0.005, dy * 0.005);
    }
    if (now.fingers > 1 && before.fingers > 1 && now.spread > 0) {
      camera.zoom(before.spread / now.spread);
    }
    before = now;
    isDirty = true;
  });
  const release = event => {
    pointers.delete(event.pointerId);
    if (pointers.size > 0) before = gesture();
  };
  canvas.addEventListener('pointerup', release);
  canvas.addEventListener('pointercancel', release);
  canvas.addEventListener('contextmenu', event => event.preventDefault());
  canvas.addEventListener('wheel', event => {
    event.preventDefault();
    camera.zoom(Math.exp(Math.max(-100, Math.min(100, event.deltaY)) * 0.002));
    isDirty = true;
  }, { passive: false });
  canvas.addEventListener('dblclick', event => {
    const part = 1 / camera.focal(canvas.clientWidth);
    camera.move((event.offsetX - canvas.clientWidth / 2) * part,
      (event.offsetY - canvas.clientHeight / 2) * part, 0);
    isDirty = true;
  });
  window.addEventListener('keydown', event => {
    const key = event.key.toLowerCase();
    keys.add(key);
    if (key === 'h') element('help').hidden = !element('help').hidden;
    if (key === 'b') background = background > 0.5 ? 0 : 1;
    if (key === '0') camera.reset();
    isDirty = true;
  });
  window.addEventListener('keyup', event => keys.delete(event.key.toLowerCase()));
  window.addEventListener('blur', () => keys.clear());
  requestAnimationFrame(frame);
})().catch(error => {
  document.getElementById('note').textContent = 'this page cannot be shown: ' + error.message;
  document.documentElement.dataset.failed = error.message;
});
