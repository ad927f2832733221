import { h, ICONS, icon, replace } from './dom';
import type { NearInput } from './gql/graphql';
import { t } from './text';

const RADII = [2, 5, 10, 20] as const;
/** Three decimals are about a hundred metres: enough to sort by, too coarse for a front door. */
const COARSE = 1000;

/** Asks the telephone where it is: so many parts of a degree, and no finer. */
export function locate(
  parts: number,
  found: (point: { lat: number; lng: number; crs: 'WGS84' }) => void,
  failed: (why: 'near.unsupported' | 'near.denied') => void,
) {
  if (!('geolocation' in navigator)) return failed('near.unsupported');
  const rounded = (degrees: number) => Math.round(degrees * parts) / parts;
  navigator.geolocation.getCurrentPosition(
    ({ coords }) => found({ lat: rounded(coords.latitude), lng: rounded(coords.longitude), crs: 'WGS84' }),
    () => failed('near.denied'),
    // A finer answer than the usual one costs a battery: only where more than the usual is wanted.
    { maximumAge: 60_000, timeout: 12_000, enableHighAccuracy: parts > COARSE },
  );
}

/** Asks before it asks the browser: what for, how exact, in which reference system; nothing is kept. */
export function nearBox(active: () => boolean, changed: (near: NearInput | null) => void): HTMLElement {
  const box = h('div', { class: 'near' });
  const status = h('p', { class: 'hint', role: 'status' });

  const closed = () => {
    replace(
      box,
      h(
        'button',
        {
          type: 'button',
          class: 'button quiet',
          id: 'near',
          'aria-pressed': String(active()),
          onclick: () => (active() ? off() : asking()),
        },
        icon(ICONS.near),
        t(active() ? 'near.off' : 'near.button'),
      ),
      status,
    );
  };

  const off = () => {
    changed(null);
    status.textContent = '';
    closed();
    box.querySelector('button')?.focus();
  };

  const asking = () => {
    const radius = h(
      'select',
      { id: 'near-radius' },
      RADII.map((km) => h('option', { value: km, selected: km === 10 }, t('near.km', { n: km }))),
    );
    const agree = h(
      'button',
      { type: 'button', class: 'button', onclick: () => search(Number(radius.value)) },
      t('near.agree'),
    );
    replace(
      box,
      h(
        'div',
        { class: 'notice', role: 'group', 'aria-labelledby': 'near-title' },
        h('h3', { id: 'near-title', tabindex: '-1' }, t('near.title')),
        h('p', null, t('near.text')),
        h('label', { for: 'near-radius' }, t('near.radius')),
        radius,
        h(
          'div',
          { class: 'row' },
          agree,
          h('button', { type: 'button', class: 'button quiet', onclick: () => closeAndFocus() }, t('near.refuse')),
        ),
      ),
      status,
    );
    box.querySelector<HTMLElement>('#near-title')?.focus();
  };

  const closeAndFocus = () => {
    closed();
    box.querySelector('button')?.focus();
  };

  const search = (km: number) =>
    locate(
      COARSE,
      (point) => {
        changed({ ...point, radiusMetres: km * 1000 });
        status.textContent = t('near.on');
        closeAndFocus();
      },
      (why) => {
        status.textContent = t(why);
        if (why === 'near.denied') closeAndFocus();
      },
    );

  closed();
  return box;
}
