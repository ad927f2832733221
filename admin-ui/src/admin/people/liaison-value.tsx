import { useSession } from '../app/session';
import type { PersonalField } from '../gql/graphql';
import { Masked } from './reveal';

const PERSONAL: Record<string, PersonalField> = { name: 'NAME', phone: 'PHONE', email: 'EMAIL' };

type Field = 'name' | 'unit' | 'position' | 'phone' | 'email';
type Person = { id: string } & Partial<Record<Field, string | null>>;

/** Shows a value of a liaison person: whole to those who may read it, else masked with the way to see it. */
export function useLiaisonValue() {
  const { can } = useSession();
  const asks = !can('liaison.read') && can('liaison.reveal');
  return (person: Person, field: Field) => {
    const value = person[field];
    const personal = PERSONAL[field];
    if (!value) return '—';
    return asks && personal ? <Masked id={person.id} field={personal} masked={value} /> : value;
  };
}
