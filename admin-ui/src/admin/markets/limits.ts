/** How much fits where: the limits of `server/markets/src/rules`, held equal to them by a test. */
export const LIMITS = {
  name: 100,
  licence: 50,
  address: 200,
  village: 50,
  remark: 1000,
  people: 500_000,
  area: 1_000_000,
  contacts: 20,
  contactLabel: 50,
  /** Of zones, facilities, bays, contracts and projects. */
  text: 500,
  unit: 20,
  rows: 50,
  zoneCapacity: 100_000,
  facilities: 100_000,
  bayVehicles: 1000,
  bayMinutes: 1440,
  /** Of suspending and delisting. */
  reason: 500,
  inspector: 50,
  photos: 6,
  checkNote: 500,
  /** Of the form that is exported, and of the return. */
  filer: 50,
  printNote: 500,
  /** Of the letter to the ministry. */
  documentNo: 50,
} as const;
