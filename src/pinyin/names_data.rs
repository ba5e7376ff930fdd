//! Facts about names: surnames by how many bear them, characters of given names by how common they are
//! (the order is the rank), words of organisations.

/// Surnames, each with its reading where the character has others.
pub(super) const SURNAMES: &str = "\
    王 李 张 刘 陈 杨 黄 赵 吴 周 徐 孙 马 朱 胡 郭 何 林 罗 高 梁 郑 谢 宋 唐 许 邓 冯 韩 曹 曾:zeng \
    彭 萧 肖 蔡 潘 田 董 袁 于 余 叶 蒋 杜 苏 魏 程 吕:lv 丁 沈:shen 任:ren 姚 卢 傅 钟 姜 崔 谭 廖 范 \
    汪 陆:lu 金 石:shi 戴 贾:jia 韦 夏 邱 方 侯 邹 熊 孟 秦 白 江 阎 薛 尹 段 雷 黎 史 龙 陶 贺 顾 毛 \
    郝 龚 邵 万:wan 钱 严 赖 覃:qin 洪 武 莫 孔 付 汤 向 常 温 康 施 文 牛 樊 葛:ge 邢 安 齐:qi 易 闫 \
    代 乔 伍 庞 颜 倪 庄 聂 章 鲁 岳 翟:zhai 殷:yin 詹 申 欧 耿 关 兰 焦 俞:yu 左 柳 甘 祝 包:bao \
    宁:ning 尚 符 舒 阮 柯 纪:ji 梅 童 凌 毕 单:shan 季 裴 霍 涂 成 苗 谷 盛:sheng 曲:qu 翁 冉 骆 蓝 路 \
    游 辛 靳 管 柴 蒙 鲍 华:hua 喻 祁 蒲 房 滕 屈 饶 解:xie 丘 牟:mou 艾:ai 尤 阳 时 穆 农 司 卓 古 吉 \
    缪:miao 简 车:che 项 连 芦 麦 褚:chu 娄 窦 戚 岑 景 党 宫 费:fei 卜:bu 冷 晏 席 卫 米 柏:bai 宗 \
    瞿:qu 桂 全 佟 应:ying 臧:zang 闵 苟:gou 邬 边 卞:bian 姬 师 和:he 仇:qiu 栾 隋 商 刁 沙 荣 巫 寇 \
    桑 郎 甄 丛 仲 虞 敖 巩 明 佘 占 池 查:zha 麻 苑 迟 邝 官 封 谈 匡 鞠 惠 荆 乐:yue 冀 郁 胥 南 班 \
    储 原 栗 燕:yan 楚 鄢 劳 谌:chen 奚 皮 粟 冼:xian 蔺 楼 盘 满 闻 位 厉 伊 仝 区:ou 郜 海 阚:kan 花 \
    权 强 帅 屠 豆 朴:piao 盖:ge 练 廉 禹 井 祖 漆 巴 丰 支 卿 国 狄 平 计 索 宣 晋 相:xiang 初 门 云 \
    容 敬 来 扈 晁 芮 都:du 普 阙 浦 戈 伏 鹿 薄:bo 邸 雍 辜 羊 阿:a 乌 母 裘 亓:qi 修 邰 赫 杭 况 \
    那:na 宿 鲜 印 逯 隆 茹 诺 战 慕 危 玉 银 亢 嵇 公 哈:ha 湛 宾 戎 勾 茅 利 於:yu 呼 居 揭 干:gan 但 \
    尉:wei 冶 斯 元 束 檀 衣 信 展 阴 昝 智 幸 奉 植 衡 富 尧 闭 由 郗:xi 贲:ben 郇:xun 隗:wei 员:yun \
    召:shao 种:chong 折:she 繁:po 祭:zhai 黑:he 逄:pang 訾:zi 仉:zhang 乜:nie 厍:she 宓:mi 佴:nai \
    钭:tou 呙:guo 过:guo 莘:shen 晟:cheng 兀 寸 苍 青 泰 畅 秘:bi 洗:xian 长:chang 重:chong 曾:ceng \
    覃:tan 谌:shen 费:bi 牟:mu 郗:chi 郇:huan 隗:kui 盖:gai 不:fou 行:xing 舍:she 俱:ju 奇:qi 才 习 凤 \
    双 续 缑 笪 綦 蒯 萨 藏:zang 荀 苻:fu 菅:jian 蔚:yu 虢 谯 褟 贝 贡 运 迮:ze 邴 郏 郄:qie 郦 鄂 酆 \
    钮 雒 麴 弋 暴 庾 巢 崇 殳 濮 狐 甫 睢:sui 矫 税 稽:ji 羿 翦 虎 郅 郸 铁 镡:tan 骞 律:lv 酒 候 堵 \
    桓 禄 芈 佀 潭 桥 鬲:ge 赏 琚 忻 闾 亶 郯 逢 拜 昌";

/// Surnames of two characters with their readings.
pub(super) const COMPOUND_SURNAMES: &str = "\
    欧阳:ou'yang 上官:shang'guan 皇甫:huang'fu 令狐:ling'hu 诸葛:zhu'ge 司徒:si'tu 司马:si'ma \
    申屠:shen'tu 夏侯:xia'hou 贺兰:he'lan 完颜:wan'yan 慕容:mu'rong 尉迟:yu'chi 长孙:zhang'sun \
    东方:dong'fang 公孙:gong'sun 南宫:nan'gong 宇文:yu'wen 端木:duan'mu 西门:xi'men 独孤:du'gu \
    轩辕:xuan'yuan 赫连:he'lian 钟离:zhong'li 呼延:hu'yan 澹台:tan'tai 万俟:mo'qi 闻人:wen'ren \
    公羊:gong'yang 濮阳:pu'yang 淳于:chun'yu 单于:chan'yu 太史:tai'shi 太叔:tai'shu 仲孙:zhong'sun \
    鲜于:xian'yu 闾丘:lv'qiu 司空:si'kong 司寇:si'kou 公冶:gong'ye 宗政:zong'zheng 子车:zi'ju \
    颛孙:zhuan'sun 拓跋:tuo'ba 拓拔:tuo'ba 百里:bai'li 东郭:dong'guo 南门:nan'men 北宫:bei'gong \
    左丘:zuo'qiu 东门:dong'men 梁丘:liang'qiu 第五:di'wu 谷梁:gu'liang 段干:duan'gan 漆雕:qi'diao \
    乐正:yue'zheng 壤驷:rang'si 公良:gong'liang 夹谷:jia'gu 宰父:zai'fu 微生:wei'sheng 羊舌:yang'she \
    纳兰:na'lan 叶赫:ye'he 那拉:na'la 爱新:ai'xin 钮祜:niu'hu 富察:fu'cha 耶律:ye'lv 乌孙:wu'sun \
    哥舒:ge'shu 屠岸:tu'an 亓官:qi'guan 侯莫:hou'mo 欧侯:ou'hou 徐离:xu'li 李黄:li'huang \
    张简:zhang'jian 范姜:fan'jiang 陆费:lu'bi 刘付:liu'fu 欧杨:ou'yang 上宫:shang'gong 斛律:hu'lv \
    达奚:da'xi 步六:bu'liu 宿勤:su'qin 贺若:he'ruo 贺拔:he'ba 库狄:ku'di 仆固:pu'gu 豆卢:dou'lu \
    阿史:a'shi 屈突:qu'tu 丘林:qiu'lin 若干:ruo'gan 巫马:wu'ma 公西:gong'xi 仉督:zhang'du 归海:gui'hai \
    岳帅:yue'shuai 谢南:xie'nan";

/// The characters of given names.
pub(super) const GIVEN: &str = "\
    明国文华建志丽玉海英平军红林杰晓春金秀梅伟芳玲永云兰生荣艳龙小庆辉峰斌强俊霞燕佳子宇浩涛鹏雪婷静\
    敏娟勇新德光中天成东清福祥立利飞凤桂学超波江丹慧洋磊健莉欣怡雨梓思婉倩芬萍珍琴娜洁兵家安世正振胜\
    兴忠义仁良才富贵发财根宝山川河湖松柏桃花菊莲荷香月星辰阳晨旭昊宏鸿达远长青少一涵轩诗琪睿泽宸萱奕\
    诺沐若曦语桐可心妍妮悦彤瑶琳瑾瑜璇萌蕾薇莎菲雅美爱惠修业保继存传贤淑贞洪茂盛昌全维彦博凯迪威武刚\
    亮旺毅坚锋锐钧铭鑫钰锦银铁钢焕炳炎灿烨煜熙煦照耀晖晗昕晴晶景智哲聪颖颜嘉颂歌舞诚信礼孝悌廉让和谐\
    顺宁康乐欢喜吉瑞麟鹤雁鸣翔翼腾跃骏骥驰骁驹如意愿念恩慈善真实言书章问翰墨砚词画棋君臣民士卿相帅将\
    卫戈剑霄雯霖霏雷震电风露霜冰凌寒冬夏秋季时年岁朝夕日宿地乾坤宙岳岩岭峻岚崇嵩泊溪泉源澄澈瀚润渊淼\
    沁沛洛津济浚渝湘漪潇滢滨漫原野田园土城基培堃垚壁石珠玺珑琼琅珊瑚珂珏珺琬琰琛璐璟瑄瑛玮玥玟珣琦瑗\
    璋璞璨铜钦铮鉴木森梧楠桦杨柳李杏枫棠楷栋梁杉彬彩紫绿蓝朱赤芝芷莹茜茵茹菁葵蓉蓓蕙蕊蕴藜芮芸芊苒茗\
    草鱼虎豹鸾雀莺鹃羽翎翊翀羿彪彰影后妃女娅娇娈娴娥婕婧婵媛媚嫣嫦嫱姗姝姿妙好姣妤佩佑佐何任伊伍伦伯\
    仲叔仪伶伽位作侠侃依俪俐俏俞倍倪倬偲偌傲元允兆先克兢免入公共关其典冉再冠冲决况净凡凰出力加动劲励\
    勃勉勋勤化北匡千升午半卓南占印危厚及友双取受口古召史叶司同名向吕启员周命咏品响哈唐唯商喆喻器四因\
    团固圆圣在坦垒堂堡塔境增壮声壹复大夫太央奇奎奔奥妹姐委娉娣孔孜孟孩守宗官定宜宣宥容宾密察寅寓寿封\
    尊尔尚尤尧就尹居展屏岱峥崎崔巍工左巧巩巴布帆希帝师席常幸广庄应庚府庭廷延开弘弛张弦彗彝彭得御循微\
    徽必忆快怀恒恬恺息悠悟情惜想愉愈慕憬懋懿战房所扬承技抒拓拥择挺捷掌推提揚援操攀支攸政效教敦敬数斐\
    斯方施旋旎旗无旦旧旻昀昂昆昇易昔昙映昭是显晋晔晟普晰暄暖暢曙曜曼曾有朋朗望期未本机权材村杓杜束极\
    果枝枢柔柯查柠柱标树栩格桁桑梦棣植楚榆榕樱橙欧歆步每比毓水汉汐汝池汶沂沄沅沙治沿法泓泰泳洲活流浅\
    浦浪涌涓淇淞淳深淮渔渺湛溢滔漾潜潞潮澜濠濡灏灵烁烈烟焓然煊煌煐熹燃爽牧特狄玄率珈珞现理琉琨琮瑕璧\
    瓊甜用申男界畅登白百皓益盈睦瞳知研硕碧磬社祖神祎祐祚祯禄禧禹离秉科积程稚稷穆竞竣童端竹笑笛筠筱策\
    简箐箫篁米粒精素索纪纯纲纳纶组经绍绚绣绮绯缇缘缨罗羚群羲翁翘老者聚肃育胤能腊臻航艺节芃芙芦芯苑苗\
    苏茉莘荃药莫菡菱葆葛董蒙蒲蔚蔓蕻薪藏蘅虹蜜融行衍衡裕西计记许论证诏诠诣询详诤谊谋谣谦谨谭谷豪贝质\
    贺贻资赋赞赫起越路轶轼载辅迅近进连述迦迎逊通逸遇遐道遥邈邦邵郁郡都鄂酉采释里重量钊钏钱钿铃铄铎铠\
    铨锴镇镜闯闻阁阅队陆陈陵隆隽雄集雍零霆靖非面韦韬韵韶音页顶项须预频题飒飘首馨马驿骅骋骞高魁鲁鲜鲲\
    鸽鹂鹊鹿麒麓麦黎默鼎齐龄昱炅濛荟圳嵘彧忻熠瓅甯祺笙耘聿盼琢妞囡婳婼嫚媞媱嬿孺宓岑峤嵋嶙帼庠忱悫惟\
    愫慎懂抚拙敉斓旖旸昉晞晏晢晧暐暧曈朔杺枥柃栖栎桉棉榛榭槿樾橦檬殊氢汀沣沫泠泱洵洺浔涟淏湉湲溱滟漉\
    漩潼潆澍澎濂濯灼炀炫炯烽焱煖熔燊燚犀狮玘玎玓玚玢玹珐珩琎琚琤琲瑀瑁瑢瑭瑷璁璎璠瓒畔畦疏皎皑眉睫瞻\
    碩礽祉祈祗祜祠禅禛秦稔穗窈竺笠笺筝篆粲糖絮纤纨绪绫绵缈缦罡翚翡翠翥耆耿聆肆胥舒舟芑芒芩芫芹芽苇苓\
    苡荔荞莀莞莠菀菘萤萧落葳蒂蒨蓁蔻蕖薏藤蘋蝶衿裳襄觅觉觐誉讷评诃谌谙谧豆象豫赟赐辛辞逍逯遒邃邕郦醇\
    铂铖铱锟锡镕镛闽陶隐雎雏霁霓霰靓靛鞠韧顗颀颐飏餐骊骢髦鲤鹭鹰黛黧龢录殿运改转严宽栓锁拴羊猛主放农\
    革斗五七八初儿朵优丛衣醒";

/// How characters that have several readings are read in given names.
pub(super) const GIVEN_READINGS: &str = "\
    晟:sheng 乐:le 乐:yue 茜:qian 茜:xi 行:xing 朝:zhao 朝:chao 长:chang 重:chong 重:zhong 曾:zeng \
    都:du 省:sheng 藏:cang 盛:sheng 将:jiang 和:he 任:ren 宿:su 莘:shen 莘:xin 尉:wei 蔚:wei 员:yuan \
    车:che 单:dan 石:shi 率:shuai 南:nan 约:yue 娜:na 娜:nuo 偲:si 倩:qian 辟:bi 弹:dan 得:de 贾:jia \
    宁:ning 仔:zi 女:nv 思:si 可:ke 汤:tang 大:da 期:qi 奇:qi 其:qi 于:yu 隽:jun 隽:juan 柏:bai 柏:bo \
    伯:bo 适:shi 术:shu 会:hui 合:he 万:wan 不:bu 泊:bo 泌:mi 覃:tan 若:ruo 系:xi 系:ji 洗:xi 沈:shen \
    夏:xia 读:du 谷:gu 解:jie 佛:fo 俞:yu 参:shen 信:xin 予:yu 陆:lu 六:liu 炅:jiong 芮:rui 圳:zhen \
    杉:shan 栩:xu 浚:jun 箐:qing 羽:yu";

/// The characters that names of other peoples are written with: Uyghur, Kazakh, Tibetan, Mongolian.
pub(super) const TRANSCRIBED: &str = "\
    阿尔古丽买提木依热不拉迪力克江吐逊哈里扎西卓玛次仁桑丹增旺罗布巴特格其孜斯艾麦娜合吾乌兰图雅苏日达多\
    吉平措央金索朗堆顿珠尼牙再帕坎加松拜努旦白萨贡洛坚赞曲德贝塔那嘎尕噶代沙山汗库班赫曼穆托乎如茹孟别肯\
    伊敏也夫丁佐若肉司地娃守明海亚尧登赛普佳姆琼珍群培拥宗欧益杰诺米宝道呼和额敦满都朝鲁云琴高敖根";

/// Words of organisations and places that the dictionary has only within longer ones, or not at all.
pub(super) const ORGANISATIONS: &str = "\
    乌鲁木齐 律师事务所 会计师事务所 税务师事务所 建筑师事务所 有限责任公司 股份有限公司 科技有限公司 集团有限公司 \
    技术有限公司 贸易有限公司 实业有限公司 物流有限公司 管理有限公司 工程有限公司 设备有限公司 咨询有限公司 \
    新能源 新材料 半导体 生物科技 信息技术 人工智能 大数据 云计算 物联网 供应链 自动化 机电设备 精密仪器 装饰工程 \
    建筑工程 物业管理 保安服务 人力资源 广告传媒 文化传播 国际旅行社 研究院 研究所 设计院 医学院 理工大学 交通大学 \
    师范大学 科技大学 第一中学 实验小学 人民医院 第一人民医院 中医院 市场监督管理局 应急管理局 生态环境局 税务局 \
    公安局 派出所 消防救援 支队 海关 街道办事处 合作社 快递 外卖";

/// What the table of 8,105 standard characters (通用规范汉字表, 2013) has beyond the first block of Unicode:
/// rare in texts, made standard because names have them.
pub(super) const STANDARD: &str = "\
    㑇㑊㕮㘎㙍㙘㙦㛃㛚㛹㟃㠇㠓㤘㥄㧐㧑㧟㫰㬊㬎㬚㭎㭕㮾㰀㳇㳘㳚㴔㵐㶲㸆㸌㺄㻬㽏㿠䁖䂮䃅䃎䅟䌹䎃䎖䏝䏡\
    䏲䐃䓖䓛䓨䓫䓬䗖䗛䗪䗴䜣䝙䢺䢼䣘䥽䦃䲟䲠䲢䴓䴔䴕䴖䴗䴘䴙䶮鿍鿎鿏𠅤𠙶𠳐𡎚𡐓𣗋𣲗𣲘𣸣𤧛𤩽𤫉𥔲𥕢𥖨𥻗\
    𦈡𦒍𦙶𦝼𦭜𦰡𧿹𨐈𨙸𨚕𨟠𨭉𨱇𨱏𨱑𨱔𨺙𩽾𩾃𩾌𪟝𪣻𪤗𪨰𪨶𪩘𪾢𫄧𫄨𫄷𫄸𫇭𫌀𫍣𫍯𫍲𫍽𫐄𫐐𫐓𫑡𫓧𫓯𫓶𫓹𫔍𫔎𫔶\
    𫖮𫖯𫖳𫗧𫗴𫘜𫘝𫘦𫘧𫘨𫘪𫘬𫚕𫚖𫚭𫛭𫞩𫟅𫟦𫟹𫟼𫠆𫠊𫠜𫢸𫫇𫭟𫭢𫭼𫮃𫰛𫵷𫶇𫷷𫸩𬀩𬀪𬂩𬃊𬇕𬇙𬇹𬉼𬊈𬊤𬌗𬍛𬍡\
    𬍤𬒈𬒔𬒗𬕂𬘓𬘘𬘡𬘩𬘫𬘬𬘭𬘯𬙂𬙊𬙋𬜬𬜯𬞟𬟁𬟽𬣙𬣞𬣡𬣳𬤇𬤊𬤝𬨂𬨎𬩽𬪩𬬩𬬭𬬮𬬱𬬸𬬹𬬻𬬿𬭁𬭊𬭎𬭚𬭛𬭤𬭩𬭬\
    𬭯𬭳𬭶𬭸𬭼𬮱𬮿𬯀𬯎𬱖𬱟𬳵𬳶𬳽𬳿𬴂𬴃𬴊𬶋𬶍𬶏𬶐𬶟𬶠𬶨𬶭𬶮𬷕𬸘𬸚𬸣𬸦𬸪𬹼𬺈𬺓";
