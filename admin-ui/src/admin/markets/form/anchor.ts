import { fieldPath } from '../../app/outcome';

/** The fields of the market's form that a refusal may name. */
const FIELDS = [
  'officialName',
  'alias',
  'aliasBasis',
  'nature',
  'operatorKind',
  'operatorName',
  'licenceNo',
  'licenceUntil',
  'layout',
  'address',
  'hours',
  'trades',
  'services',
  'contacts',
  'seekerScale',
  'dailySuccesses',
  'areaSquareMetres',
  'remark',
];

/** The id in the market's form of the field that a refusal is about; null where it is about something else. */
export function anchorOf(field: string | null): string | null {
  const path = fieldPath(field ?? '');
  return FIELDS.includes(String(path[0])) ? ['market', ...path].join('_') : null;
}
