import type { Tone } from '../kit/chip';

export const ENGAGEMENT_TONES: Record<string, Tone> = {
  APPLIED: 'busy',
  CONTACTED: 'busy',
  AGREED: 'busy',
  CONFIRMED: 'good',
  ARRIVED: 'good',
  COMPLETED: 'good',
  PAID: 'good',
  STANDBY: 'plain',
  NO_SHOW: 'bad',
  CANCELLED_BY_PARTY: 'warn',
  CANCELLED_BY_WORKER: 'warn',
};
