import { useQuery } from 'urql';
import { useT } from '../app/i18n';
import { useAction } from '../app/outcome';
import { PartyPledgeNowDocument, type PartyWholeFragment, SignPledgeDocument } from '../gql/graphql';
import { PaperField, useFile } from '../kit/file';
import { FormDialog } from '../kit/form';
import { Loaded } from '../kit/state';
import { useFaster } from './dialogs';

interface Props {
  party: PartyWholeFragment;
  onClose: () => void;
  refetch: () => void;
}

/** Signs the pledge in its newest version (签署承诺书): at a counter with the signed paper. */
export function PledgeDialog({ party, onClose, refetch }: Props) {
  const t = useT();
  const query = useQuery({ query: PartyPledgeNowDocument });
  const pledge = query[0].data?.partyPledge;
  const [sign] = useAction(SignPledgeDocument);
  const faster = useFaster(refetch);
  const { setFile, send } = useFile('PARTY_EVIDENCE');
  return (
    <FormDialog<object>
      name="pledge"
      title={t('parties.pledge')}
      submitText={t('parties.sign')}
      width={640}
      onClose={onClose}
      onDone={refetch}
      onSubmit={async () => {
        const paper = await send();
        if (paper.kind !== 'done') return paper;
        const { id, version } = party;
        return faster(await sign({ id, version, pledgeVersion: pledge?.version ?? '', evidence: paper.value.id }));
      }}
    >
      <Loaded query={query}>
        {({ partyPledge }) =>
          partyPledge ? (
            <>
              <h3>{partyPledge.title}</h3>
              <p className="soft">
                {t('parties.pledgeVersion', { version: partyPledge.version, date: partyPledge.since })}
              </p>
              <ol>
                {partyPledge.promises.map((promise) => (
                  <li key={promise}>{promise}</li>
                ))}
              </ol>
            </>
          ) : null
        }
      </Loaded>
      <PaperField
        id="pledge_evidence"
        label={t('parties.signedPaper')}
        hint={t('parties.signedHint')}
        onChoose={setFile}
      />
    </FormDialog>
  );
}
