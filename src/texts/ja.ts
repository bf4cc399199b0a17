/** The texts in Japanese, which has no singular. */

import { Translation } from "./en";

export const JA: Translation = {
  "FlexThrottleSays.problem": "{{path}}：{{found}}。正しくは{{expected}}です。",
  "FlexThrottleSays.missing": "値がありません",
  "FlexThrottleSays.unknown": "不明な名前です",
  "FlexThrottleSays.unusable": "使用できない名前です",
  "FlexThrottleSays.anotherName": "別の名前",
  "FlexThrottleSays.oneOf": "{{names}} のいずれか",
  "FlexThrottleSays.number": "0 より大きく {{most}} 以下の数値",
  "FlexThrottleSays.count": "1 以上の整数",
  "FlexThrottleSays.countUpTo": "1 から上限の {{most}} までの整数",
  "FlexThrottleSays.trueOrFalse": "true または false",
  "FlexThrottleSays.object": "オブジェクト：{{keys}}",
  "FlexThrottleSays.limitsObject": "オブジェクト：Twilio のページにある名前ごとの制限",
  "FlexThrottleSays.actionsObject": "オブジェクト：名前ごとの Flex Action",
  "FlexThrottleSays.routesList": "HTTP 呼び出しのリスト",
  "FlexThrottleSays.limitsList": "1 つ以上の制限のリスト（それぞれ {{names}} のいずれか）",
  "FlexThrottleSays.address": "? と # を含まない https:// アドレス（* は任意の文字列）",

  FlexThrottleQueuedJoins: "{{count}} 件のチャットが参加待ちです",
  FlexThrottleQueuedCalls: "{{count}} 件のリクエストが順番待ちです",
  FlexThrottleNextIn: "次は {{seconds}} 秒後",
  FlexThrottleNextAndLastIn: "次は {{seconds}} 秒後、最後は約 {{lastSeconds}} 秒後",
  FlexThrottleLimitedJoins: "Twilio がチャットに参加できる頻度を制限しています。{{count}} 件が待っています。",
  FlexThrottleLimitedCalls: "Twilio がリクエストの頻度を制限しています。{{count}} 件が待っています。",
  FlexThrottleRetryingIn: "{{seconds}} 秒後に再試行します。待機中のものは失われません。",
  FlexThrottleRetryingNow: "再試行しています。待機中のものは失われません。",
  FlexThrottleGivenUpIn: "それまでに順番が来なければ、{{seconds}} 秒後に中止します。",
  FlexThrottleRetryNow: "今すぐ再試行",
  FlexThrottleGiveUp: "中止",
  FlexThrottleGiveUpNamed: "中止：{{call}}",
  FlexThrottleGivenUpJoin: "{{customer}} とのチャットに参加していません。",
  FlexThrottleGivenUpCall: "{{call}} を中止し、送信しませんでした。必要な場合はもう一度行ってください。",
  FlexThrottleRefusedFull:
    "{{call}}：送信できませんでした。待機中のリクエストが多すぎます。少し待ってからもう一度お試しください。",
  FlexThrottleRefusedTimeout: "{{call}}：送信できませんでした。時間内に順番が来ませんでした。もう一度お試しください。",
  FlexThrottleRefusedReject:
    "{{call}}：送信できませんでした。現在、制限に達しています。{{seconds}} 秒後にもう一度お試しください。",
  FlexThrottleRefusedAccept:
    "チャットを受け入れられませんでした。現在、制限に達しています。{{seconds}} 秒後にもう一度受け入れてください。",
  FlexThrottleRefusedCapacity:
    "Flex Flow を作成できませんでした。アカウントの上限に達しています。先に 1 つ削除してください。",
  FlexThrottleRefusedByTwilio: "{{call}}：Twilio に何度も拒否されました。1 分後にもう一度お試しください。",
  FlexThrottleDeferredDone: "{{action}} を実行しました。",
  FlexThrottleDeferredDoneMany: "延期されていた {{count}} 件の Action を実行しました：{{actions}}",
  FlexThrottleDeferredFailed: "{{action}} を後で実行しましたが、失敗しました。もう一度お試しください。",
  FlexThrottleActionTimeout:
    "{{action}} を実行できませんでした。時間内に順番が来ませんでした。もう一度お試しください。",
  FlexThrottleDeferredLost:
    "{{action}} は順番待ちの間にページが再読み込みされたため、実行されませんでした。必要な場合はもう一度行ってください。",
  FlexThrottleSettingsProblems: "Flex Throttle：{{count}} 件の設定を読み取れません。それらには既定値が使われます。",
  FlexThrottleCapacityNear:
    "このアカウントには最大 {{max}} 件のうち {{count}} 件の Flex Flow があります。新しいものが拒否される前に、不要なものを削除してください。",

  FlexThrottleWaitingCalls: "Twilio へのリクエスト {{count}} 件が待っています",
  FlexThrottleJoinChatWith: "{{customer}} とのチャットに参加",
  FlexThrottleSomeCustomer: "お客様",
  FlexThrottleCallReadFlows: "Flex Flow の読み込み",
  FlexThrottleCallChangeFlows: "Flex Flow の変更",
  FlexThrottleCallReadChats: "チャットの読み込み",
  FlexThrottleCallOpenChat: "チャットの開始",
  FlexThrottleCallChangeChat: "チャットの変更",
  FlexThrottleCallAddMember: "チャットへのメンバー追加",
  FlexThrottleWaitsForTurn: "順番待ち、約 {{seconds}} 秒",
  FlexThrottleWaitsForTwilio: "Twilio が制限中、約 {{seconds}} 秒",
  FlexThrottleAndMore: "ほか {{count}} 件",
  FlexThrottleCancel: "キャンセル",
  FlexThrottleCancelNamed: "キャンセル：{{call}}",
  FlexThrottleBeingSent: "送信中です。",
  FlexThrottleAllDone: "待っているものはありません。",
  FlexThrottleAlertMe: "お客様が待っていてこのタブが隠れているときに通知する",
  FlexThrottleAlert: "お客様が {{seconds}} 秒以上待っています。これを選択すると Flex に戻ります。",

  FlexThrottleJoiningIn: "{{seconds}} 秒後に参加",
  FlexThrottleJoiningLimited:
    "Twilio がチャットに参加できる頻度を制限しています。{{seconds}} 秒後に参加します。待機中のものは失われません。",
  FlexThrottleNotJoined: "このチャットに参加していません。",
  FlexThrottleNotJoinedShort: "チャットに未参加",
  FlexThrottleJoinNow: "今すぐ参加",
};
