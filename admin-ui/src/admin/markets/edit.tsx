import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { useQuery } from 'urql';
import { useT } from '../app/i18n';
import { type Outcome, useAction } from '../app/outcome';
import { useSession } from '../app/session';
import {
  AmendMarketDocument,
  MarketEditDocument,
  type MarketFormFragment,
  type MarketInput,
  RegisterMarketDocument,
} from '../gql/graphql';
import { ConflictView } from '../kit/conflict';
import { useTell } from '../kit/feedback';
import { Found } from '../kit/found';
import { Page } from '../kit/page';
import { useCompared } from './form/compared';
import { MarketForm } from './form/form';
import { fromMarket, type MarketValues } from './form/values';

const route = getRouteApi('/$slug/markets/$id/edit');

/** Register a market (登记市场); it begins as a draft, or as a planned site. */
export function MarketNew() {
  const t = useT();
  const { slug } = useSession();
  const navigate = useNavigate();
  const tell = useTell();
  const [register] = useAction(RegisterMarketDocument);
  const save = async (input: MarketInput, values: MarketValues) => {
    const outcome = await register({ input, planned: values.planned ?? false });
    if (outcome.kind === 'done') {
      tell(outcome, t('market.registered'));
      await navigate({ to: '/$slug/markets/$id', params: { slug, id: outcome.value.id } });
    }
    return outcome;
  };
  return (
    <Page title={t('market.newTitle')} lead={t('market.newLead')}>
      <MarketForm
        registering
        onSave={save}
        onCancel={() => void navigate({ to: '/$slug/markets', params: { slug } })}
      />
    </Page>
  );
}

export function MarketEdit() {
  const { id } = route.useParams();
  // What one edits must not change under one's hands: asked once, kept until saved.
  const query = useQuery({ query: MarketEditDocument, variables: { id }, requestPolicy: 'network-only' });
  return (
    <Found query={query} of={(data) => data.market}>
      {(market) => <Amend key={market.id} loaded={market} title={market.displayName} />}
    </Found>
  );
}

interface Clash {
  message: string;
  mine: MarketInput;
  current: MarketFormFragment;
}

function Amend({ loaded, title }: { loaded: MarketFormFragment; title: string }) {
  const t = useT();
  const { slug } = useSession();
  const navigate = useNavigate();
  const tell = useTell();
  const base = useRef(loaded);
  const typed = useRef<MarketValues>(fromMarket(loaded));
  const [clash, setClash] = useState<Clash | null>(null);
  const [amend, busy] = useAction(AmendMarketDocument);
  const leave = () => navigate({ to: '/$slug/markets/$id', params: { slug, id: loaded.id } });

  const send = async (input: MarketInput, version: number): Promise<Outcome<unknown> | 'conflict'> => {
    const outcome = await amend({ id: loaded.id, version, input });
    if (outcome.kind === 'done') {
      tell(outcome, t('form.done'));
      await leave();
    } else if (outcome.kind === 'refused' && outcome.refusal.current) {
      setClash({ message: outcome.message, mine: input, current: outcome.refusal.current as MarketFormFragment });
      return 'conflict';
    }
    return outcome;
  };

  const save = (input: MarketInput, values: MarketValues) => {
    typed.current = values;
    return send(input, base.current.version);
  };

  const saveMerged = async (input: MarketInput) => {
    if (!clash) return;
    const outcome = await send(input, clash.current.version);
    if (outcome !== 'conflict') tell(outcome);
  };

  return (
    <Page title={t('market.editTitle', { name: title })}>
      {clash ? (
        <Conflict
          key={clash.current.version}
          {...clash}
          base={base.current}
          busy={busy}
          onSave={(input) => void saveMerged(input)}
          onBack={() => setClash(null)}
        />
      ) : (
        <MarketForm registering={false} initial={typed.current} onSave={save} onCancel={() => void leave()} />
      )}
    </Page>
  );
}

interface ConflictProps extends Clash {
  base: MarketFormFragment;
  busy: boolean;
  onSave: (input: MarketInput) => void;
  onBack: () => void;
}

function Conflict({ base, mine, current, ...rest }: ConflictProps) {
  return <ConflictView {...rest} {...useCompared({ base, mine, current })} />;
}
