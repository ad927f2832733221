import { h } from '../../dom';
import { choiceField } from '../kit';
import type { Viewer } from '../signin';
import type { Party } from './hire';
import { e } from './text';

/** For whom somebody hires just now, by city; kept on the device, where it is no more than an id. */
const KEY = 'yizhan.hiresFor';

function chosen(): Record<string, string> {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? '{}') as Record<string, string>;
  } catch {
    return {};
  }
}

/** Whom somebody acts for: the one chosen, else the newest. What another who used this device chose is nobody's here. */
export function actingFor<P extends { id: string }>(slug: string, parties: readonly P[]): P | undefined {
  return parties.find(({ id }) => id === chosen()[slug]) ?? parties[0];
}

export function actFor(slug: string, id: string) {
  try {
    localStorage.setItem(KEY, JSON.stringify({ ...chosen(), [slug]: id }));
  } catch {
    // The newest is shown again next time.
  }
}

/** That one was authorised to act for it; nothing where it is one's own. */
export const agencyFor = ({ parties }: Viewer, id: string) =>
  parties.find(({ partyId, right }) => partyId === id && right === 'AGENT');

/** Is it somebody else's unit, for which one was authorised? */
export const isAgent = (viewer: Viewer, id: string) => agencyFor(viewer, id) !== undefined;

/** Whoever acts for several says for which; one alone is not asked about. */
export function actingChoice(slug: string, viewer: Viewer, parties: readonly Party[], draw: () => void) {
  if (parties.length < 2) return null;
  const name = ({ id, displayName }: Party) =>
    isAgent(viewer, id) ? e('acting.agent', { name: displayName }) : displayName;
  const field = choiceField(
    'actingFor',
    e('acting.title'),
    parties.map((one) => [one.id, name(one)] as const),
    {
      value: actingFor(slug, parties)?.id,
      hint: e('acting.hint'),
      onchange: () => {
        actFor(slug, field.value());
        draw();
      },
    },
  );
  return h('div', { class: 'block' }, field.box);
}
