import { useT } from '../app/i18n';
import { useAction } from '../app/outcome';
import { useSession } from '../app/session';
import { OpenPartyEvidenceDocument } from '../gql/graphql';
import { OpenFile } from '../kit/open-file';

/** A paper that was shown, for a reason that the audit keeps. */
export function OpenEvidence({ of, name }: { of: string; name: string }) {
  const t = useT();
  const { can } = useSession();
  const [run] = useAction(OpenPartyEvidenceDocument);
  if (!can('party.read_evidence')) return <>{t('evidence.kept')}</>;
  return (
    <OpenFile
      name="evidence"
      title={t('evidence.openOne', { name })}
      text={t('evidence.open')}
      open={(reason) => run({ of, reason })}
    />
  );
}
