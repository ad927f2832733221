// @vitest-environment jsdom
import { afterEach, describe, expect, it, vi } from 'vitest';
import { pointField } from '../src/public/work/hire/point';
import { lastDayOf, type Posting } from '../src/public/work/hire/written';

type Answer = (found: PositionCallback, failed: () => void) => void;
const telephone = (getCurrentPosition: Answer) => vi.stubGlobal('navigator', { geolocation: { getCurrentPosition } });
const press = (box: HTMLElement) => box.querySelector('button')?.click();

afterEach(() => vi.unstubAllGlobals());

describe('the point of a posting', () => {
  it('is where the telephone is, to ten metres, and can be removed', () => {
    telephone((found) => found({ coords: { latitude: 37.812345, longitude: 112.567891 } } as GeolocationPosition));
    const changed = vi.fn();
    const field = pointField(undefined, changed);
    expect(field.point()).toBeNull();
    press(field.box);
    expect(field.point()).toEqual({ lat: 37.8123, lng: 112.5679, crs: 'WGS84' });
    expect(field.box.textContent).toContain('已标注位置');
    press(field.box);
    expect(field.point()).toBeNull();
    expect(changed).toHaveBeenCalledTimes(2);
  });

  it('stays unknown where the telephone says nothing, and says what to do', () => {
    telephone((_, failed) => failed());
    const field = pointField(null, () => {});
    press(field.box);
    expect(field.point()).toBeNull();
    expect(field.box.querySelector('[role=alert]')?.textContent).toContain('手机没有给位置');
    expect(field.box.querySelector('button')?.getAttribute('aria-disabled')).toBeNull();
  });

  it('is kept as it is known', () => {
    const known = { lat: 37.7, lng: 112.5, crs: 'GCJ02' } as const;
    expect(pointField(known, () => {}).point()).toEqual(known);
  });
});

describe('the last day of a posting', () => {
  const shifts = [{ endsAt: '2026-11-28T17:00:00+08:00' }, { endsAt: '2026-11-30T06:00:00+08:00' }];
  const of = (validUntil: string) => lastDayOf({ validUntil, shifts } as unknown as Posting);

  it('is said again only where it was chosen, for that of the shifts moves with them', () => {
    expect([of('2026-11-30'), of('2026-11-29')]).toEqual([null, '2026-11-29']);
  });
});
