import { h, ICONS, icon, replace } from './dom';
import type { NearInput } from './gql/graphql';
import { t } from './text';

const RADII = [2, 5, 10, 20] as const;
/** Three decimals are about a hundred metres: enough to sort by, too coarse for a front door. */
const COARSE = 1000;

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
      { type: 'button', class: 'button', onclick: () => locate(Number(radius.value)) },
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

  const locate = (km: number) => {
    if (!('geolocation' in navigator)) {
      status.textContent = t('near.unsupported');
      return;
    }
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        changed({
          lat: Math.round(coords.latitude * COARSE) / COARSE,
          lng: Math.round(coords.longitude * COARSE) / COARSE,
          crs: 'WGS84',
          radiusMetres: km * 1000,
        });
        status.textContent = t('near.on');
        closeAndFocus();
      },
      () => {
        status.textContent = t('near.denied');
        closeAndFocus();
      },
      { maximumAge: 60_000, timeout: 12_000 },
    );
  };

  closed();
  return box;
}
