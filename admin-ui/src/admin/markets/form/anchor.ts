import { fieldPath } from '../../app/outcome';
import { FIELDS } from './compared';

/** The parts of the market's form that a refusal may name. */
const PARTS = new Set<unknown>(FIELDS.map((field) => field.split('.')[0]));

/** The id in the market's form of the field that a refusal is about; null where it is about something else. */
export function anchorOf(field: string | null): string | null {
  const path = fieldPath(field ?? '');
  return PARTS.has(path[0]) ? ['market', ...path].join('_') : null;
}
