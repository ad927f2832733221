import type { Permission } from '../app/permissions';
import { useSession } from '../app/session';
import { Masked } from '../people/reveal';

interface Props {
  item: { id: string | null; filer: string | null; filerPhoneMasked: string | null };
  /** The action that lets one see the number whole. */
  may: Permission;
}

/** Who stands on the form (填报人), and the number: whole for a reason only. */
export function Filer({ item, may }: Props) {
  const { can } = useSession();
  const { id, filer, filerPhoneMasked: phone } = item;
  return (
    <>
      {filer} {phone && id && can(may) ? <Masked id={id} field="PHONE" masked={phone} /> : phone}
    </>
  );
}
