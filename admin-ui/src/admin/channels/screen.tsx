import { Button } from 'antd';
import { useState } from 'react';
import { useT } from '../app/i18n';
import { useAction } from '../app/outcome';
import { type ChannelHeadFragment, CloseHallScreenDocument, OpenHallScreenDocument } from '../gql/graphql';
import { useTell } from '../kit/feedback';
import { useFormat } from '../kit/format';
import { SecretOnce } from '../kit/secret';

/** The link by which a screen in a hall is read without signing in (大屏链接): shown once, replaced, or closed. */
export function Screen({ channel, refetch }: { channel: ChannelHeadFragment; refetch: () => void }) {
  const t = useT();
  const tell = useTell();
  const format = useFormat();
  const [open, opening] = useAction(OpenHallScreenDocument);
  const [close, closing] = useAction(CloseHallScreenDocument);
  const [url, setUrl] = useState<string | null>(null);
  const { id, version, screenSince } = channel;
  const start = async () => {
    const outcome = await open({ id, version });
    tell(outcome);
    if (outcome.kind === 'done') setUrl(outcome.value.url);
    refetch();
  };
  const stop = async () => {
    tell(await close({ id, version }), t('channels.screenClosed'));
    refetch();
  };
  return (
    <section aria-labelledby="screen-title">
      <h2 id="screen-title">{t('channels.screen')}</h2>
      <p>{screenSince ? t('channels.screenSince', { at: format.dateTime(screenSince) }) : t('channels.screenNone')}</p>
      <div className="actions">
        <Button loading={opening} onClick={() => void start()}>
          {t(screenSince ? 'channels.screenReplace' : 'channels.screenOpen')}
        </Button>
        {screenSince ? (
          <Button danger loading={closing} onClick={() => void stop()}>
            {t('channels.screenClose')}
          </Button>
        ) : null}
      </div>
      {url ? (
        <SecretOnce
          title={t('channels.screen')}
          hint={t('channels.screenHint')}
          secret={url}
          onClose={() => setUrl(null)}
        />
      ) : null}
    </section>
  );
}
