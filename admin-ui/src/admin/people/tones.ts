import type { Tone } from '../kit/chip';

export const ACCOUNT_TONES: Record<string, Tone> = {
  ACTIVE: 'good',
  LOCKED: 'bad',
  DISABLED: 'plain',
  INVITED: 'busy',
};
