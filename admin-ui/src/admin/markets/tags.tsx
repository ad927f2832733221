import { useTerm } from '../app/i18n';
import { Chip, type Tone } from '../kit/chip';

const TONES: Record<string, Tone> = { LISTED: 'good', SUSPENDED: 'warn', DELISTED: 'bad', PLANNED: 'busy' };

/** The state of a market, in a word first and a colour second. */
export function StatusTag({ status }: { status: string }) {
  const term = useTerm();
  return <Chip tone={TONES[status] ?? 'plain'}>{term('status', status)}</Chip>;
}
