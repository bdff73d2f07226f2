/**
 * What the demo's applicants write into fields of free words, by data element: what such an applicant would write, and nobody's. An element
 * not named here is written with a plain sentence.
 */
export const FORM_WORDS: Readonly<Record<string, readonly string[]>> = {
  businessName: ['若水小馆（演示）', '望舒书屋（演示）', '景明便利店（演示）', '清和茶室（演示）'],
  businessScope: ['依法须经批准的项目，经相关部门批准后，按照批准的内容开展经营活动。'],
  foodCategories: ['热食类食品制售', '冷食类食品制售', '自制饮品制售', '预包装食品销售', '散装食品销售'],
  shopUrl: ['https://shop.example/ruoshui', 'https://shop.example/wangshu'],
  institutionName: ['西城景明口腔门诊部（演示）', '西城知行诊所（演示）', '西城清和护理站（演示）'],
  medicalDepartments: ['内科', '口腔科', '中医科', '康复医学科'],
  qualificationNo: ['演示 2026-0001', '演示 2026-0118', '演示 2026-0203'],
  injuredPart: ['右手食指', '左踝', '腰部', '右前臂'],
  circumstances: ['上班时在仓库搬运货物，货架倾倒砸伤，同事当即陪同就医。', '在去客户处送货途中被电动自行车撞倒，交警认定对方负全部责任。'],
  purposeText: ['遵守宪法、法律、法规和国家政策，践行社会主义核心价值观，为社区居民提供公益服务。'],
  supervisingBody: ['北京市西城区文化和旅游局', '北京市西城区教育委员会', '北京市西城区卫生健康委员会'],
  bankAccountNo: ['0000 0000 0000 0001（演示）', '0000 0000 0000 0027（演示）'],
  dogBreed: ['柯基犬', '贵宾犬', '比熊犬', '雪纳瑞犬'],
  dogColour: ['棕色', '白色', '黄白', '灰色'],
  performanceName: ['“春到西城”惠民音乐会（演示）', '话剧《胡同里的灯》（演示）'],
  venueName: ['西城演示剧场', '西城演示购物中心', '西城演示文化馆'],
  subjectTaught: ['语文', '数学', '英语', '体育'],
  treeSpecies: ['国槐', '银杏', '毛白杨', '侧柏'],
  projectName: ['演示路老旧小区综合整治工程', '社区养老服务驿站改造工程', '演示里雨污分流改造工程'],
  builderName: ['北京演示建筑工程有限公司'],
  scaleText: ['改造建筑面积 3200 平方米，更新上下水管线 1100 米。', '新建地上三层，建筑面积 1850 平方米。'],
  contentText: ['垃圾分类，从我做起', '诚信经营，依法纳税', '全民阅读月'],
  titleNo: ['京（2026）西不动产权第 0000001 号（演示）', '京（2025）西不动产权第 0000212 号（演示）'],
  contractNo: ['演示-WQ-2026-000001', '演示-WQ-2026-000036'],
  remarks: ['联系请在工作日上午。', '材料原件已备，随时可以核对。'],
}
