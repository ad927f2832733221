import type { Tone } from '../kit/chip';

export const RETURN_TONES: Record<string, Tone> = {
  OPEN: 'warn',
  FROZEN: 'busy',
  SUBMITTED: 'busy',
  RETURNED: 'bad',
  ACCEPTED: 'good',
};
